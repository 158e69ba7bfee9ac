import { keyed, type ResourceType, type Rules } from '@postern/core/internal/overlay';

export const TAGS: Rules = { Tags: { by: (value) => ({ tags: keyed(value) }) } };
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
