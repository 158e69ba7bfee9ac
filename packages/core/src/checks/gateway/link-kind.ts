import { aboutThings, thing } from '../../findings/subject.js';
import { GATEWAY_KINDS } from '../../kinds/gateway/gateway-kinds.js';
import type { Check } from '../../findings/check.js';
import { kindOf, linkText, mayBeNew, unseen } from '../../world/link-facts.js';
import { fails, holds, unsure } from '../../findings/outcome.js';

/** `gateway/link-kind`. */
export const gatewayLinkKind: Check = {
  id: 'gateway/link-kind',
  title: 'The gateway can lead through this kind of link',
  severity: 'error',
  about:
    'HTTP APIs lead through VPC links V2 only, WebSocket APIs through V1 only; REST APIs through V1 and, since November 2025, V2. An API ' +
    'group leads through an instance of Alibaba Cloud.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html',
    'https://aws.amazon.com/about-aws/whats-new/2025/11/api-gateway-rest-apis-integration-load-balancer',
  ],
  *run(input) {
    for (const { name, gateway, link } of input.integrations) {
      if (gateway === undefined) continue;
      const about = aboutThings(name, thing('gateway', gateway.id));
      const unread = unseen(link);
      if (unread !== undefined && !mayBeNew(link)) {
        yield unsure(about, `${gateway.id} can lead through link ${link.name}`, unread);
        continue;
      }
      // What Postern makes is of one kind, whatever else of it could not be answered.
      if (link.link === undefined && link.unresolved !== undefined && !mayBeNew(link)) continue;
      const kind = kindOf(link);
      const possible = GATEWAY_KINDS[gateway.kind].links;
      const evidence = [
        { kind: 'gateway', id: gateway.id, text: gateway.kind },
        { kind: 'link', id: link.link?.id ?? link.name, text: kind },
      ];
      if (possible.includes(kind)) {
        yield holds(input, about, () => ({
          message: `${gateway.kind} ${gateway.id} can lead through ${linkText(link)}`,
          evidence,
        }));
      } else {
        yield fails(about, {
          message: `${gateway.id} is of kind ${gateway.kind} and cannot lead through a ${kind}, which link ${link.name} is`,
          evidence,
          remedy: `Use a link of kind ${possible.join(' or ')}${gateway.kind === 'websocket-api' ? '' : ', or another kind of API'}.`,
        });
      }
    }
  },
};
