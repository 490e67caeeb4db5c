/** The version of the package, as its package.json says; a test holds the two equal. */
export const VERSION = '0.1.0';
