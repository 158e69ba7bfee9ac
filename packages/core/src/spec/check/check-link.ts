import type { LinkKindTraits } from '../../do/kinds/link/link-traits.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedLink } from '../schema/spec-schema.js';
import type { KeyPath } from '../source/plain-value.js';
import { checkAlibabaLink } from './check-alibaba.js';
import { checkAwsLink } from './check-aws.js';

type CheckOf<Link extends CheckedLink> = (
  name: string,
  link: Link,
  traits: LinkKindTraits,
  region: string | undefined,
  path: KeyPath,
  problems: Problem[],
) => void;

const CHECKS: { readonly [P in CheckedLink['provider']]: CheckOf<Extract<CheckedLink, { provider: P }>> } = {
  aws: (_, link, __, region, path, problems) => checkAwsLink(link, region, path, problems),
  alibaba: (name, link, traits, _, path, problems) => checkAlibabaLink(name, link, traits, path, problems),
};

/**
 * The problems of a declared link by the rules of its cloud, where it has any besides those of the schema.
 */
export const checkLink: CheckOf<CheckedLink> = (name, link, ...rest) => {
  const check = CHECKS[link.provider] as CheckOf<CheckedLink> | undefined;
  check?.(name, link, ...rest);
};
