import { INTEGRATION_INSTANCE } from './integration-instance/index.js';
import { APIG_GATEWAY } from './apig-gateway/index.js';
import type { LinkKind } from '../../model/link.js';
import type { LinkKindRules } from './link-kind.js';
import { VPC_LINK_V1 } from './vpc-link-v1/index.js';
import { VPC_LINK_V2 } from './vpc-link-v2/index.js';

/**
 * The rules of kinds of link. An instance that was bought as a conventional one behaves like an integration
 * instance.
 */
const RULES: Readonly<Partial<Record<LinkKind, LinkKindRules>>> = {
  'vpc-link-v2': VPC_LINK_V2,
  'vpc-link-v1': VPC_LINK_V1,
  'integration-instance': INTEGRATION_INSTANCE,
  'dedicated-instance': INTEGRATION_INSTANCE,
  'apig-gateway': APIG_GATEWAY,
};

/** The rules of a kind of link; undefined where there are none. */
export function rulesOf(kind: LinkKind): LinkKindRules | undefined {
  return RULES[kind];
}
