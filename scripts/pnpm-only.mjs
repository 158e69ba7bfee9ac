// Before a package is packed: npm leaves `workspace:*` in its dependencies, which nobody can install.
import { pathToFileURL } from 'node:url';

/** Why a package cannot be packed by the program with this `npm_config_user_agent`; undefined where it can. */
export function refusal(userAgent = '') {
  if (!userAgent.startsWith('npm/')) return undefined;
  return (
    'npm pack leaves "workspace:*" in the dependencies of this package, which npm cannot install. ' +
    "Run from the workspace's root: npx pnpm@10.34.9 -r --filter './packages/*' pack --pack-destination \"$PWD/tarballs\""
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const text = refusal(process.env.npm_config_user_agent);
  if (text !== undefined) {
    console.error(text);
    process.exit(1);
  }
}
