import type { OpenMembers, OpenValue } from '../../declared/open.js';
import { keyed, type Rules } from '../convert.js';

/** A part of a resource that is a resource of its own for Terraform. */
export interface PartType {
  readonly type: string;
  /** The attributes of each part; `self` is the ID of the resource. */
  readonly of: (properties: OpenMembers, self: OpenValue) => readonly OpenMembers[];
}

/** A type of resource of CloudFormation, as a type of the Terraform provider, for whose attributes there are rows. */
export interface ResourceType {
  readonly type: string;
  readonly rules?: Rules | undefined;
  /** Attributes that have the ID which `Ref` returns; by default `id`. The first one is what `Ref` is. */
  readonly ids?: readonly string[] | undefined;
  /** What `Fn::GetAtt` returns, by its attribute. A property of the resource needs no line here. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  readonly parts?: readonly PartType[] | undefined;
  /** Attributes that several properties make. */
  readonly shape?: ((properties: OpenMembers) => OpenMembers) | undefined;
  /** Only resources with this property decide about paths. */
  readonly only?: string | undefined;
  /** What CloudFormation does where a property is not set. */
  readonly defaults?: OpenMembers | undefined;
}

const TAGS: Rules = { Tags: { by: (value) => ({ tags: keyed(value) }) } };
/** The attributes of what `Ref` returns the ARN of. */
export const ARN = ['arn', 'id'];

/** A type whose resources have tags, and whose attribute `id` has the ID. */
export const tagged = (
  type: string,
  id: string,
  rules: Rules = {},
  attributes: Readonly<Record<string, string>> = {},
): ResourceType => ({
  type,
  rules: { ...TAGS, ...rules },
  attributes: { [id]: 'id', ...attributes },
});
