import type { Clouds } from '../../do/kinds/cloud/clouds.js';

/** Names of variables that hold credentials, whatever the cloud, and why a spec does not read them. */
const CREDENTIALS: readonly (readonly [name: RegExp, because: string])[] = [
  [
    /^(?:ACTIONS_(?:ID_TOKEN|RUNTIME)|GITHUB_TOKEN|GH_TOKEN|CI_JOB_|SYSTEM_ACCESSTOKEN)/i,
    'a CI system keeps a token in it',
  ],
  [/(?:ACCESS|PRIVATE|SECRET|API|SIGNING|ENCRYPTION)_?KEY(?:_?ID)?$/i, 'its name is that of a key'],
  [/(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|_PWD|_PAT)$/i, 'its name is that of a credential'],
];

/**
 * Why a spec may not read the environment variable of this name: values of a spec become names, tags and targets on a cloud, and a
 * spec may come from a pull request of anyone. Undefined where it may.
 */
export function credentialIn(name: string, clouds: Clouds): string | undefined {
  const ofClouds = clouds.all.find(({ credentials }) => credentials.names?.test(name) === true);
  return ofClouds?.credentials.because ?? CREDENTIALS.find(([pattern]) => pattern.test(name))?.[1];
}
