/** What a page must not contain as it was typed: it would run, or be markup. */
export const MARKUP = /<script>alert|<img src=x|<svg\/onload|"><b>|(href|action|src)="javascript:/i;

/** Texts that break what reads them without care, by what they are. */
export const HOSTILE: readonly (readonly [name: string, text: string])[] = [
  ['SQL', `x'; drop table accounts; --`],
  ['SQL in double quotes', `" or "1"="1`],
  ['a pattern of SQL', '%_\\'],
  ['HTML', `"><b>x</b><script>alert(1)</script><img src=x onerror=alert(1)>`],
  ['HTML that ends a text', `</textarea></title></script><svg/onload=alert(1)>`],
  ['a template', '${7*7}{{7*7}}<%= 7*7 %>'],
  ['a header', 'x\r\nX-Injected: yes\r\nSet-Cookie: session=x\r\n\r\n<script>alert(1)</script>'],
  ['a path', '../../../etc/passwd'],
  ['an encoded path', '..%2f..%2fetc%2fpasswd%00'],
  ['another host', '//evil.example/\\evil'],
  ['a script as an address', 'javascript:alert(1)'],
  ['NUL', 'a\0b'],
  ['control characters', '\u0001\u0007\u001b[31m\u009f\u2028\u2029'],
  ['marks of direction', '\u202eabc\u2066\u200f'],
  ['what is no character', '\ufffe\uffff\u{1ffff}'],
  ['a prototype', '__proto__'],
  ['a constructor', 'constructor'],
  ['a method', 'toString'],
  ['a formula', '=cmd|"/c calc"!A1'],
  ['a large number', '999999999999999999999999'],
  ['no number', '-1e309'],
  ['a date that is none', '2026-02-31'],
  ['long', 'ä'.repeat(9_000)],
];

/** Bytes as a form or an address writes them, that no text has. */
export const HOSTILE_BYTES: readonly (readonly [name: string, bytes: string])[] = [
  ['a lone surrogate', '%ED%A0%80'],
  ['an overlong slash', '%C0%AF'],
  ['half a character', '%C3'],
  ['half an escape', '%'],
  ['no escape', '%zz'],
  ['an encoded slash', '..%2F..%2F'],
  ['NUL', '%00'],
];
