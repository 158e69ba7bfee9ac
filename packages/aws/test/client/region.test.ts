import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectCpuBelow } from '../../../core/test/cpu-time.js';
import { temporaryFolder } from '../../../core/test/temporary-folder.js';
import { resolveRegion } from '../../src/driver.js';
import { settingIn } from '../../src/client/shared-config.js';

const CONFIG = `# mine
[default]
region = eu-central-1   ; home
output=json
[profile prod]
s3 =
  region = nested-1
region=us-gov-west-1
[profile  bare]
[services x]
region = eu-north-1
`;

function files() {
  const credentials = '[other]\nregion = ap-east-1\naws_secret_access_key = canary\n';
  const folder = temporaryFolder({ config: CONFIG, credentials });
  return {
    AWS_CONFIG_FILE: path.join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'credentials'),
  };
}

describe('resolveRegion', () => {
  it.each([
    ['the option', { region: 'eu-west-2' }, { AWS_REGION: 'eu-west-1' }, 'eu-west-2'],
    ['AWS_REGION', {}, { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-3' }, 'eu-west-1'],
    ['AWS_DEFAULT_REGION, which the SDK ignores', {}, { AWS_DEFAULT_REGION: 'eu-west-3' }, 'eu-west-3'],
    ['the default profile', {}, {}, 'eu-central-1'],
    ['the profile of the option', { profile: 'prod' }, { AWS_PROFILE: 'other' }, 'us-gov-west-1'],
    ['the profile of AWS_PROFILE, in the credentials file', {}, { AWS_PROFILE: 'other' }, 'ap-east-1'],
  ])('takes %s', (_, options, environment, region) => {
    expect(resolveRegion(options, { ...files(), ...environment })).toBe(region);
  });

  it.each([
    ['a profile without a region', { profile: 'bare' }, {}],
    ['a profile that does not exist', { profile: 'services x' }, {}],
    ['no files', {}, { HOME: '/nonexistent', AWS_CONFIG_FILE: undefined, AWS_SHARED_CREDENTIALS_FILE: undefined }],
    ['a file without an end', {}, { AWS_CONFIG_FILE: '/dev/zero' }],
  ])('finds none for %s', (_, options, environment) => {
    const find = () => resolveRegion(options, { ...files(), ...environment });
    expect(find).toThrow(expect.objectContaining({ code: 'REGION_MISSING' }));
  });

  it.each(['eu-west-1.evil.example/', '../x', 'EU-WEST-1', 'eu west 1', 'eu-west-1@evil.example'])(
    'refuses %j, since host names contain the region',
    (region) => {
      expect(() => resolveRegion({ region }, {})).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    },
  );
});

it('settingIn: takes time linear in the size of the file', () => {
  const text = `[a]\n${'x = y\n'.repeat(50_000)}`;
  expectCpuBelow(500, () => {
    expect(settingIn(text, ['a'], 'region')).toBeUndefined();
  });
});
