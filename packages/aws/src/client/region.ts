import { InvalidInputError, regionFault } from '@postern/core/internal/driver';
import { AWS_REGIONS } from '../cloud/regions.js';

interface Environment {
  readonly [name: string]: string | undefined;
}

/**
 * The region: the option, `AWS_REGION`, `AWS_DEFAULT_REGION` (which the SDK for JavaScript ignores), or the profile's in the
 * shared credentials and config files.
 * @throws {InvalidInputError} `REGION_MISSING`; `INVALID_INPUT` for what cannot be a region's name.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html
 */
export function resolveRegion(
  options: { readonly region?: string | undefined; readonly profile?: string | undefined },
  environment: Environment = process.env,
): string {
  const region =
    options.region ||
    environment['AWS_REGION'] ||
    environment['AWS_DEFAULT_REGION'] ||
    regionOfProfile(options.profile || environment['AWS_PROFILE'] || 'default', environment);
  if (region === undefined || region === '') {
    throw new InvalidInputError('REGION_MISSING', 'no AWS region was given and none could be found', {
      remedy: 'Name it in the spec, pass `region`, set AWS_REGION, or give the profile a region.',
    });
  }

  const fault = regionFault(AWS_REGIONS, region);
  if (fault !== undefined) throw fault;

  return region;
}

function regionOfProfile(profile: string, environment: Environment): string | undefined {
  const home = environment['HOME'] ?? environment['USERPROFILE'] ?? '';
  const credentials = environment['AWS_SHARED_CREDENTIALS_FILE'] ?? `${home}/.aws/credentials`;
  const config = environment['AWS_CONFIG_FILE'] ?? `${home}/.aws/config`;
  const section = profile === 'default' ? ['default', 'profile default'] : [`profile ${profile}`];
  return settingIn(fileText(credentials), [profile], 'region') ?? settingIn(fileText(config), section, 'region');
}

/**
 * The value of `key` in one of `sections` of an INI text. Indented lines belong to a nested setting and are
 * ignored.
 */
export function settingIn(text: string, sections: readonly string[], key: string): string | undefined {
  let inside = false;
  for (const line of text.split(/\r?\n/)) {
    const heading = /^\[([^\]]*)\]/.exec(line);
    if (heading)
      inside = sections.includes(
        (heading[1] ?? '')
          .trim()
          .split(/\s{1,8}/)
          .join(' '),
      );
    const equals = line.indexOf('=');
    if (!inside || equals < 0 || /^[\s#;]/.test(line) || line.slice(0, equals).trim() !== key) continue;

    return line
      .slice(equals + 1)
      .split(/\s[#;]/)[0]
      ?.trim();
  }
  return undefined;
}

/** Files that are absent or unreadable count as empty, as they do for the SDK. */
function fileText(path: string): string {
  try {
    // Not imported at the top: the region is mostly given, and nothing else here needs Node's files.
    return process.getBuiltinModule('node:fs').readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
