/** Words of the upload page and of what it answers. */
export const uploadTexts = Object.freeze({
  title: 'Check a license file',
  lead: 'Find out what a license file is, whether it is the newest, and what you can do with it.',
  fileLabel: 'License file',
  fileHint:
    'A file that ends in .lic, as the vendor sent it or as it lies on your host. A damaged copy may do.',
  drop: 'Drop the file here, or choose it.',
  or: 'or',
  textLabel: 'Text of the file',
  textHint: 'If you have it in a mail or a window: copy all of it and paste it here.',
  submit: 'Check the file',
  privacy: 'The file is looked at and forgotten. Nothing of it is stored.',
  nothing: 'Choose a file or paste its text',
  nothingText: 'There was no file and no text to check.',
  signInLead: 'Do you have an account?',
  signIn: 'Sign in',
  signInText: 'to see all licenses of your company, to download the newest files, and to order changes.',
  again: 'Check another file',
  resultTitle: 'What your file is',
  says: 'What the file says',
  repairsTitle: 'The file was damaged on the way, and could be read all the same',
  repairsText: 'Do not install this copy: take the original, or let the host’s own doctor command repair it.',
  damageTitle: 'Damage that was found',
  times: (count: number): string => (count === 1 ? '' : `, ${String(count)} times`),
  looksLike: (kind: string): string => `It looks like ${kind}.`,
  nextTitle: 'What to do next',
  problemDetails: 'Details for support',
  problemCode: 'Code',
  problemWhere: 'Where',
  problemExpected: 'Expected',
  problemActual: 'Found',
});

/** What an upload is, in the words of a headline and a sentence. */
export const findingTexts = Object.freeze({
  current: {
    title: 'This is the newest file of a genuine license',
    text: 'It was issued by the vendor, and there is no newer one.',
  },
  older: {
    title: 'Genuine, but not the newest file',
    text: 'It was issued by the vendor. A newer file of the same license took its place.',
  },
  unknown: {
    title: 'Genuine, but not in the vendor’s records',
    text: 'The signature is the vendor’s, and yet the records of this portal do not have the file. Please write to the vendor.',
  },
  withdrawn: {
    title: 'Genuine, but withdrawn by the vendor',
    text: 'It was issued by the vendor, who has withdrawn it since.',
  },
  document: {
    title: 'This is a file of the vendor, but no license',
    text: 'It is whole and genuine. A license file has a block that begins with “BEGIN COUNTERFOIL LICENSE”.',
  },
  problem: {
    title: 'This is not a license that can be used',
  },
  missing: 'The text holds the license alone. A host also needs the blocks around it: take the whole file.',
});

/** What to do next, by what the upload is. */
export const nextTexts = Object.freeze({
  install: 'You can install this file on your host.',
  signInChange: 'To renew, extend or reduce the license, sign in.',
  signInNewer: 'To download the newer file, sign in.',
  noAccount: 'No account? Write to the vendor below.',
  copyAgain:
    'Copy the file again from where it came, as an attachment or in an archive, and check that copy.',
  askVendor: 'If it stays like this, write to the vendor below.',
  openLicense: 'Open the license',
});

/** Words of an ask to the vendor. */
export const askTexts = Object.freeze({
  title: 'Write to the vendor',
  lead: 'Somebody at the vendor reads it and answers by e-mail.',
  about: (license: string, revision: number): string =>
    `About license ${license}, revision ${String(revision)}.`,
  email: 'Your e-mail address',
  emailHint: 'The answer goes there.',
  text: 'What do you need?',
  textHint: 'For example: renew for a year, ten more licenses, a lost file.',
  submit: 'Send',
  errors: 'Please correct the form',
  emailInvalid: 'Enter an e-mail address like name@company.example',
  textMissing: 'Write what you need',
  textLong: (most: number): string => `Write at most ${String(most)} characters`,
  sentTitle: 'Your message was sent',
  sentText: 'The vendor has it and answers by e-mail, usually within two working days.',
  sentNext: 'You can close this page, or check another file.',
});
