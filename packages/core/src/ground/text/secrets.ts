/** The replacement for a secret. */
export const NOT_SHOWN = '(not shown)';

/** Names of members, tags and parameters whose values are secrets. */
const SECRET_NAME =
  /pass(?:word|wd|phrase|code)|(?:^|[^a-z])(?:pass|pwd)$|secret|access[-_ ]?key|private[-_ ]?key|api[-_ ]?key|token$|credential|connection[-_ ]?string|^authorization$|^constantvalue$/i;

/** Members that name what another member of the same object is the value of: `{ Key: 'password', Value: 'x' }`. */
const NAMING = /^(?:tag|parameter|header|constant|config)?[-_]?(?:key|name)$/i;
const VALUE = /^(?:tag|parameter|header|constant|config|default|demo)?[-_]?value$/i;

/**
 * Secrets with a known form, in any position: IDs of access keys (Alibaba Cloud's begin with LTAI, those of
 * sessions with STS.), signed tokens, private keys, bearer tokens.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
const SECRET_FORM =
  /(?<![A-Za-z0-9])(?:(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}|LTAI[A-Za-z0-9]{12,26}|STS\.[A-Za-z0-9]{16,})(?![A-Za-z0-9])|(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]*\.[\w-]*|-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)|(?<=[Bb]earer\s{1,3})[\w.~+/-]{8,}=*/g;
/** `scheme://user:password@host`: passwords may hold `@` and `/`, though a URL should not. A port and its path are none. */
const USER_INFO = /(?<=[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:@/]{0,100}:)(?!\d{1,5}[/?#])[^\s"'<>]{1,200}(?=@)/gi;
/** The shortest of these is a bearer token. */
const SHORTEST_FORM = 12;

/**
 * `password=x`, `"secretKey": "x"`, also in nested JSON texts; without quotes, to the end of the line or the
 * next member.
 */
const ASSIGNED =
  /((?:pass(?:word|wd|phrase|code)|pwd|secret(?:[-_ ]?(?:access)?[-_ ]?key)?|access[-_ ]?key(?:[-_ ]?(?:secret|id))?|private[-_ ]?key|api[-_ ]?key|token|credentials?|authorization)\\*["']?\s*[:=](?!\s*\\*["']?\(not shown\))\s*)(?:(\\*["'])[^]{0,4000}?(?<!\\)\2|\\*["']?[^\r\n"'\\,;&}]+)/gi;
/** A secret access key: 40 characters of base64. Lower case, upper case and a digit distinguish it from hashes. */
const SECRET_KEY = /(?<![\w/+=-])(?=\S{0,39}[a-z])(?=\S{0,39}[A-Z])(?=\S{0,39}\d)[A-Za-z0-9/+]{40}(?![\w/+=-])/g;

/** Whether a value of this name is not to be shown. */
function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** What variables of these names hold is not shown either: passwords, tokens, keys. */
export function secretsOf(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(environment).flatMap(([name, value = '']) =>
    isSecretName(name) && value.length >= SHORTEST_FORM ? [value] : [],
  );
}

/** A text without secrets that have a known form. */
export function withoutKnownSecrets(text: string): string {
  if (text.length < SHORTEST_FORM) return text;

  return text.replace(SECRET_FORM, NOT_SHOWN).replace(USER_INFO, NOT_SHOWN);
}

/** As {@link withoutKnownSecrets}, for free text written by users: descriptions, tags, bodies of plug-ins. */
export function withoutSecrets(text: string): string {
  return withoutKnownSecrets(text.replace(ASSIGNED, `$1$2${NOT_SHOWN}$2`).replace(SECRET_KEY, NOT_SHOWN));
}

/**
 * The names of an object's members whose values are secrets, by their own names or by the value of a naming member.
 */
export function secretMembers(value: Readonly<Record<string, unknown>>): ReadonlySet<string> | undefined {
  let found: Set<string> | undefined;
  let named = false;
  for (const key in value) {
    const member = value[key];
    if (isSecretName(key)) (found ??= new Set()).add(key);
    else if (typeof member === 'string' && NAMING.test(key) && isSecretName(member)) named = true;
  }
  if (named) for (const key in value) if (VALUE.test(key)) (found ??= new Set()).add(key);
  return found;
}
