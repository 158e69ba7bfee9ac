/** Variables of the environment. */
export interface Environment {
  readonly [name: string]: string | undefined;
}

/** The shared credentials and config files of AWS's tools. */
export interface SharedConfig {
  /** Their names, as a user writes them. */
  readonly files: readonly string[];
  readonly profiles: readonly string[];
  readonly setting: (profile: string, key: string) => string | undefined;
}

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html */
export function sharedConfig(environment: Environment): SharedConfig {
  const home = environment['HOME'] ?? environment['USERPROFILE'] ?? '';
  const files = [
    environment['AWS_SHARED_CREDENTIALS_FILE'] ?? '~/.aws/credentials',
    environment['AWS_CONFIG_FILE'] ?? '~/.aws/config',
  ];
  const [credentials = '', config = ''] = files.map((file) => fileText(file.replace(/^~(?=\/)/, home)));
  const sections = [
    ...headingsOf(credentials),
    ...headingsOf(config).filter((one) => /^(?:profile |default$)/.test(one)),
  ];
  return {
    files,
    profiles: [...new Set(sections.map((one) => one.replace(/^profile /, '')))],
    setting: (profile, key) =>
      settingIn(credentials, [profile], key) ??
      settingIn(config, profile === 'default' ? ['default', 'profile default'] : [`profile ${profile}`], key),
  };
}

/**
 * The value of `key` in one of `sections` of an INI text. Indented lines belong to a nested setting and are ignored.
 */
export function settingIn(text: string, sections: readonly string[], key: string): string | undefined {
  let inside = false;
  for (const line of text.split(/\r?\n/)) {
    const heading = headingIn(line);
    if (heading !== undefined) inside = sections.includes(heading);
    const equals = line.indexOf('=');
    if (!inside || equals < 0 || /^[\s#;]/.test(line) || line.slice(0, equals).trim() !== key) continue;

    return line
      .slice(equals + 1)
      .split(/\s[#;]/)[0]
      ?.trim();
  }
  return undefined;
}

const headingsOf = (text: string): readonly string[] => text.split(/\r?\n/).flatMap((line) => headingIn(line) ?? []);

function headingIn(line: string): string | undefined {
  const [, heading] = /^\[([^\]]*)\]/.exec(line) ?? [];
  return heading
    ?.trim()
    .split(/\s{1,8}/)
    .join(' ');
}

/** So many bytes no configuration has. */
const MOST_BYTES = 10_000_000;

/** Files that are absent or unreadable count as empty, as they do for the SDK, and so do pipes and devices, which may never end. */
function fileText(path: string): string {
  try {
    // Not imported at the top: the region is mostly given, and nothing else here needs Node's files.
    const { readFileSync, statSync } = process.getBuiltinModule('node:fs');
    const file = statSync(path);
    return file.isFile() && file.size < MOST_BYTES ? readFileSync(path, 'utf8') : '';
  } catch {
    return '';
  }
}
