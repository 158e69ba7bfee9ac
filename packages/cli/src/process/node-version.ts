/** The oldest Node.js that Postern runs on, as `engines` in package.json says; a test compares them. */
export const OLDEST_NODE = [20, 19] as const;

/** Why Postern does not run on this version of Node.js; undefined where it does. */
export function unsupportedNode(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldest, oldestMinor] = OLDEST_NODE;
  if (major > oldest || (major === oldest && minor >= oldestMinor)) return undefined;

  return `Postern needs Node.js ${oldest}.${oldestMinor} or newer; this is ${version}`;
}

/**
 * What users of a version of Node.js without security fixes should know; undefined for other versions. Node.js 20 reached its end
 * of life on 2026-04-30 (https://github.com/nodejs/release#release-schedule). Versions of the AWS SDK that are published after
 * the first week of January 2027 need Node.js 22 (its `emitWarningIfUnsupportedVersion`).
 */
export function retiredNode(version: string): string | undefined {
  if (Number(version.split('.', 1)[0]) >= 22) return undefined;

  return `Node.js ${version} is past its end of life and gets no security fixes. Postern's next releases will need Node.js 22, as AWS's SDK does from January 2027.`;
}
