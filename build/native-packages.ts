/** npm packages with machine code, and what they need at run time: left out of the bundle and packed as they are. */
export const NATIVE_PACKAGES: readonly string[] = ['better-sqlite3', 'pkcs11js'];
