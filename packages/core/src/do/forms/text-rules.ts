import { NAME, SPEC_ID } from '../model/marks.js';
import { MESSAGE_KEY, ROUTE_KEY } from '../model/route.js';

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

/** An ID as a cloud gives it, or an ARN. ASCII without blanks, so that look-alike letters cannot hide in it. */
export const ID_RULE: TextRule = {
  what: 'ID',
  pattern: /^[A-Za-z0-9][A-Za-z0-9._:/@+=,-]{0,511}$/,
  fault: 'not a valid ID',
  remedy: 'Use ASCII letters, digits and a few signs, or write { name: … } to look a resource up by its name.',
};

/** A name on the cloud: printable ASCII. */
export const CLOUD_NAME_RULE: TextRule = {
  what: 'cloud name',
  pattern: /^[!-~](?:[ -~]{0,253}[!-~])?$/,
  fault: 'not a valid name on the cloud',
  remedy: 'Use printable ASCII.',
};

/** Lower-case words and digits joined by hyphens: it becomes part of a host name. */
export const REGION_RULE: TextRule = {
  what: 'region',
  pattern: /^[a-z]{2,}(?:-[a-z0-9]+){1,4}$/,
  fault: 'not a valid region',
  remedy: 'Write it as in eu-west-1 or cn-hangzhou.',
};

/** The ID of an API or API group. */
export const GATEWAY_ID_RULE: TextRule = {
  what: 'gateway ID',
  pattern: /^[A-Za-z0-9]{1,64}$/,
  fault: 'expected a gateway ID',
  remedy: 'Write its ID, such as a1b2c3d4e5.',
};

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

/** Keys that begin with `aws:` and `acs:` belong to the clouds, and `postern:` to the marks. */
export const OWN_TAG_KEY_RULE: TextRule = {
  what: 'tag key',
  pattern: /^(?!(?:aws|acs|postern):)/i,
  fault: 'tag keys that begin with aws:, acs: or postern: are reserved',
  remedy: 'Choose another key.',
};

/** The remedy for a route key whose method is not in capitals; undefined for any other. */
export function routeKeyRemedy(key: string): string | undefined {
  const [, method = '', path = ''] = /^([a-z]+) (\/.*)$/i.exec(key) ?? [];
  const meant = `${method.toUpperCase()} ${path}`;
  return method !== '' && meant !== key && ROUTE_KEY.test(meant)
    ? `Methods are written in capitals: '${meant}'.`
    : undefined;
}
