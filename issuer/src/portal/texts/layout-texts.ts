/** Words of the frame around every page. */
export const layoutTexts = Object.freeze({
  name: (vendor: string): string => `${vendor} licenses`,
  skip: 'Skip to the content',
  navigation: 'Main',
  signIn: 'Sign in',
  signOut: 'Sign out',
  test: 'This is a test portal. Its licenses work with test versions only.',
  footer: (vendor: string): string =>
    `Licenses of ${vendor}. License files work without a connection: you download a file here and carry it to your host.`,
});

/** The places of the navigation, by who looks. */
export const navigation: Readonly<
  Record<'nobody' | 'contact' | 'staff', readonly (readonly [path: string, label: string])[]>
> = Object.freeze({
  nobody: [['/', 'Check a file']],
  contact: [
    ['/', 'Check a file'],
    ['/licenses', 'Licenses'],
    ['/orders', 'Orders'],
    ['/account', 'Account'],
  ],
  staff: [
    ['/staff', 'Overview'],
    ['/', 'Check a file'],
    ['/staff/licenses', 'Licenses'],
    ['/staff/orders', 'Orders'],
    ['/staff/asks', 'Asks'],
    ['/staff/customers', 'Customers'],
    ['/staff/issue', 'Issue'],
    ['/staff/trust', 'Trust'],
    ['/staff/audit', 'Audit'],
    ['/account', 'Account'],
  ],
});
