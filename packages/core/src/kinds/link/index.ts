import { INTEGRATION_INSTANCE } from './integration-instance/index.js';
import type { LinkKind } from '../../model/link.js';
import type { LinkKindRules } from './link-kind.js';
import { VPC_LINK_V2 } from './vpc-link-v2/index.js';

/** The kinds of link that Postern creates, one for each cloud. */
const CREATED: readonly LinkKindRules[] = [VPC_LINK_V2, INTEGRATION_INSTANCE];

/** The rules of kinds of link. An instance that was bought the conventional way behaves as one for integrations. */
const RULES: Readonly<Partial<Record<LinkKind, LinkKindRules>>> = {
  'vpc-link-v2': VPC_LINK_V2,
  'integration-instance': INTEGRATION_INSTANCE,
  'dedicated-instance': INTEGRATION_INSTANCE,
};

/** The rules of a kind of link; undefined where there are none. */
export function rulesOf(kind: LinkKind): LinkKindRules | undefined {
  return RULES[kind];
}

/** The kind of link that is created on a cloud; undefined on one that has none. */
export function createdKind(provider: string): LinkKindRules | undefined {
  return CREATED.find((one) => one.provider === provider);
}

/** The kind of a link that is created in a region. Of a cloud that is not known, links are VPC links. */
export function createdLinkKind({ provider }: { readonly provider: string }): LinkKind {
  return createdKind(provider)?.kind ?? VPC_LINK_V2.kind;
}
