import type { LinkKindMethods } from '@postern/core/internal/adapter';
import type { WingMethods } from '../../client/wings.js';
import { routes } from '../groups/route.js';
import { targets } from '../groups/target.js';
import { allowlist } from '../instances/accessible-cidr.js';
import { readEgress } from '../instances/egress.js';
import { instanceLinks } from '../instances/instance-links.js';
import { groupMoves } from '../moves/group-moves.js';
import { traditionalObservation } from '../observe/observe.js';

/** What the driver does with instances and API groups of API Gateway (Traditional). */
export const traditional: WingMethods = {
  observation: traditionalObservation,
  open: (session) => {
    // Bought one way or the other, an instance is read, changed and deleted with the same calls.
    const instance: LinkKindMethods = {
      links: instanceLinks(session),
      targets: targets(session),
      allowlist: allowlist(session),
      egress: (linkId, ctx) => readEgress(session, linkId, ctx),
    };
    return {
      links: { 'integration-instance': instance, 'dedicated-instance': instance },
      gateways: { 'api-group': routes(session) },
      moves: { 'api-group': groupMoves(session) },
    };
  },
};
