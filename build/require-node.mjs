/**
 * Importing this refuses a Node that is too old with a sentence. better-sqlite3 needs Node-API 10 and on an older Node ends in a
 * segmentation fault, which tells nobody what to do.
 */
export const OLDEST = [22, 14];

/**
 * @param {string} version as in `process.versions.node`
 * @returns {boolean} whether LexPost runs on it
 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

if (!isNewEnough(process.versions.node)) {
  process.stderr.write(
    `LexPost needs Node ${OLDEST.join('.')} or newer; this is ${process.versions.node}. ` +
      'Run it by `npm run …` from the checkout, which brings the right one. (NODE_TOO_OLD)\n',
  );
  process.exit(5);
}
