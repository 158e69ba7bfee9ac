import { nearest } from '../../ground/text/nearest.js';

/**
 * A rule for one kind of text. The schema of a spec and the forms of arguments are made from the same rules, so a
 * program and a spec accept the same texts, with the same sentences.
 */
export interface TextRule {
  /** The name of the kind: `region`. */
  readonly what: string;
  readonly pattern: RegExp;
  readonly fault: string;
  readonly remedy: string;
}

/**
 * ASCII only, so that a look-alike letter cannot replace another (`а` for `a`), and without `/`, which
 * separates the parts of a mark. With 63 characters a whole mark stays under the 255 that a security group's
 * description may have: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
 */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;
/**
 * With 32 characters the mark of an API of Alibaba Cloud, without the part and with its hash, fits the 180 of a description:
 * https://help.aliyun.com/document_detail/43604.html
 */
const SPEC_ID = /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/;

/** The name of a project, link, integration or target. ASCII, because marks on the cloud contain it. */
export const NAME_RULE: TextRule = {
  what: 'name',
  pattern: NAME,
  fault: 'not a valid name',
  remedy: 'Use 1 to 63 ASCII letters, digits, ".", "_" and "-", beginning with a letter or digit.',
};

/** The identity of a spec: part of the marks on the cloud. */
export const SPEC_ID_RULE: TextRule = {
  what: 'spec identity',
  pattern: SPEC_ID,
  fault: 'not a valid spec identity',
  remedy: 'Use 1 to 32 lower-case letters, digits and hyphens; no hyphen first or last: orders-7f3k2q.',
};

/** The identity of a program that gives none: its project, in the letters of an identity. */
export function specIdOf(project: string, most = 32): string {
  return project
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, most)
    .replace(/-$/, '');
}

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/**
 * A new identity for a spec: its name and a random end, such as `orders-7f3k2q`. It is written into the spec and not guessed
 * from a path or a repository, because those change.
 */
export function newSpecIdentity(name: string): string {
  const end = Array.from({ length: 6 }, () => LETTERS[Math.floor(Math.random() * LETTERS.length)]).join('');
  return [specIdOf(name, 24), end].filter((part) => part !== '').join('-');
}

/** An ID as a cloud gives it, or an ARN. ASCII without blanks, so that look-alike letters cannot hide in it. */
export const ID_RULE: TextRule = {
  what: 'ID',
  pattern: /^[A-Za-z0-9][A-Za-z0-9._:/@+=,-]{0,511}$/,
  fault: 'not a valid ID',
  remedy: 'Use ASCII letters, digits and a few signs, or write { name: … } to look a resource up by its name.',
};

/** An ID that says with what attributes a resource is asked for: `…:service/srv-a1b2?stage=blue`. */
export const QUERIED_ID_RULE: TextRule = {
  what: 'ID with a query',
  pattern: /^[A-Za-z0-9][A-Za-z0-9._:/@+=,-]{0,511}(?:\?[!-~]{1,512})?$/,
  fault: 'not a valid ID',
  remedy: 'Use ASCII letters, digits and a few signs; attributes stand after the ID: ?stage=blue.',
};

/** A name on the cloud: printable ASCII. */
export const CLOUD_NAME_RULE: TextRule = {
  what: 'cloud name',
  pattern: /^[!-~](?:[ -~]{0,253}[!-~])?$/,
  fault: 'not a valid name on the cloud',
  remedy: 'Use printable ASCII.',
};

/** Lower-case words and digits joined by hyphens: it becomes part of a host name. Its cloud's own form decides (`Cloud.regions`). */
export const REGION_RULE: TextRule = {
  what: 'region',
  pattern: /^(?=.{1,63}$)[a-z0-9]+(?:-[a-z0-9]+)*$/,
  fault: 'not a valid region',
  remedy: 'Write it as in eu-west-1 or cn-hangzhou.',
};

/** The ID of a gateway, of a kind whose traits have no form of it (`GatewayKindTraits.ids`). */
export const GATEWAY_ID_RULE: TextRule = {
  what: 'gateway ID',
  pattern: ID_RULE.pattern,
  fault: 'expected a gateway ID',
  remedy: 'Write the ID of the gateway.',
};

/** The methods of route keys. */
const ROUTE_METHODS = ['ANY', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** `$default`, or a method and a path: a route key of a gateway that is called by requests. */
export const ROUTE_KEY = new RegExp(String.raw`^(?:\$default|(?:${ROUTE_METHODS.join('|')}) /[!-~]{0,1022})$`);

/** A route key of a gateway that receives messages: what the API's selection expression gives, or one of three events. */
export const MESSAGE_KEY = /^(?:\$(?:connect|disconnect|default)|[A-Za-z0-9][A-Za-z0-9._-]{0,127})$/;

/** `$default`, or a method and a path: `ANY /orders/{proxy+}`. */
export const ROUTE_KEY_RULE: TextRule = {
  what: 'route key',
  pattern: new RegExp(`${ROUTE_KEY.source}|${MESSAGE_KEY.source}`),
  fault: 'not a valid route key',
  remedy: "Write the method and the path, such as 'ANY /orders/{proxy+}', or $default.",
};

/** A DNS name. */
export const HOST_NAME_RULE: TextRule = {
  what: 'host name',
  pattern:
    /^(?=.{1,253}$)(?:\*\.)?(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/,
  fault: 'not a valid host name',
  remedy: 'Write it as in orders.internal.',
};

export const TAG_KEY_RULE: TextRule = {
  what: 'tag key',
  pattern: /^[^\p{C}]{1,128}$/u,
  fault: 'not a valid tag key',
  remedy: 'Use 1 to 128 characters.',
};

export const TAG_VALUE_RULE: TextRule = {
  what: 'tag value',
  pattern: /^[^\p{C}]{0,256}$/u,
  fault: 'not a valid tag value',
  remedy: 'Use at most 256 characters.',
};

/** The keys of tags that users may write: others belong to the clouds, by how they begin, and those of `postern:` to the marks. */
export function ownTagKeyRule(reserved: readonly string[]): TextRule {
  const all = [...new Set(reserved), 'postern:'];
  const begins = all.map((prefix) => prefix.replaceAll(/[^\w:/-]/g, String.raw`\$&`)).join('|');
  return {
    what: 'tag key',
    pattern: new RegExp(`^(?!${begins})`, 'i'),
    fault: `tag keys that begin with ${all.join(', ').replace(/, ([^,]+)$/, ' or $1')} are reserved`,
    remedy: 'Choose another key.',
  };
}

/** The remedy for a route key whose method is not in capitals, or is misspelled; undefined for any other. */
export function routeKeyRemedy(key: string): string | undefined {
  const [, typed = '', path = ''] = /^([a-z]+) (\/.*)$/i.exec(key) ?? [];
  const method = nearest(typed, ROUTE_METHODS, 2);
  const corrected = `${method} ${path}`;
  if (method === undefined || !ROUTE_KEY.test(corrected)) return undefined;

  const isInCapitals = method === typed.toUpperCase();
  return isInCapitals ? `Methods are written in capitals: '${corrected}'.` : `Did you mean '${corrected}'?`;
}

/** Members that every object inherits: as names they would be mistaken for entries of a map. */
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/**
 * Whether `text` is a valid name of a project, an integration, a link or a target: 1–63 ASCII letters,
 * digits, `.`, `_` and `-`, the first a letter or digit. Names that every JavaScript object inherits
 * (`constructor`, `toString`) are not valid.
 */
export function isName(text: unknown): boolean {
  // A pattern tests `undefined` as the text "undefined", which is a valid name.
  return typeof text === 'string' && NAME.test(text) && !INHERITED.has(text);
}

/** Whether `text` can be the identity of a spec: 1–32 lower-case letters, digits and hyphens, no hyphen first or last. */
export function isSpecId(text: unknown): boolean {
  return typeof text === 'string' && SPEC_ID.test(text);
}
