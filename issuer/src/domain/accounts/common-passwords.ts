/** The commonest passwords of twelve characters and more, in lower case, letters and digits alone. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `123456789012 1234567890123 1234567890987654321 12345678910 123456789101112 0123456789012 012345678901
  123412341234 123123123123 121212121212 111222333444 112233445566 123321123321 987654321098 987654321012
  098765432109 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1qaz2wsx3edc 1qaz2wsx3edc4rfv qwertyuiop12
  qwertyuiop123 qwertyuiop1234 qwertyuiopasdf qwertyuiopasdfghjkl qwerty123456 qwerty1234567 qwerty12345678
  qwerty123456789 qwertyqwerty qwerty12qwerty12 qwertyuiopas asdfghjkl123 asdfghjklqwe asdfasdfasdf
  zaq12wsxcde3 zxcvbnm12345 zxcvbnmasdfghjkl abcdefghijkl abcdefghijklm abcdefghijklmnop abcdefghijklmnopqrstuvwxyz
  abcdef123456 abcd12345678 abc123abc123 abcabcabcabc a1b2c3d4e5f6 a1s2d3f4g5h6 aaaaaa111111 password1234
  password12345 password123456 password12345678 password123456789 passwordpassword password1password
  passw0rd1234 passw0rdpassw0rd p455w0rdp455w0rd p4ssw0rd1234 mypassword12 mypassword123 mypassword1234
  yourpassword newpassword1 newpassword12 newpassword123 changemenow1 changeme1234 changeme12345 changemechangeme
  welcome12345 welcome123456 welcomewelcome letmein12345 letmein123456 letmeinletmein iloveyou1234
  iloveyou12345 iloveyou123456 iloveyouiloveyou iloveyousomuch iloveyouforever administrator administrator1
  administrator12 administrator123 administrator1234 admin1234567 admin12345678 admin123456789 adminadminadmin
  admin123admin123 superuser123 superadmin123 rootrootroot testtesttest test12345678 test123456789
  testpassword testpassword1 testpassword123 guest1234567 user12345678 default12345 secret123456 secretsecret
  correcthorsebatterystaple correcthorse trustno1trustno1 football1234 baseball1234 basketball12 liverpool123
  manchesterunited chelsea12345 arsenal12345 barcelona123 realmadrid123 superman1234 batman123456 spiderman123
  starwars1234 pokemon12345 dragon123456 monkey123456 princess1234 sunshine1234 michael12345 jennifer1234
  charlie12345 jordan123456 ashley123456 unbelievable international christopher1 masterpassword master123456
  computer1234 internet1234 microsoft123 windows12345 whateverwhatever summer2024summer summer2025summer
  winter2024winter winter2025winter thisisapassword thisismypassword ilovemyfamily ilovemymother ilovemyself1
  jesuschrist1 godisgreat123 blessed12345 december1234 september123 november1234 counterfoil1 counterfoil12
  counterfoil123 counterfoil1234`.split(/\s+/u),
);
