import type { Cloud, FirstParts } from '@postern/core/kinds';
import { flow, startsFrom } from '../init/parts.js';

/** The spec that `postern init` writes: complete except for the IDs, with an explanation at each key. */
export function starterSpec({
  cloud,
  project,
  spec,
  region,
  schema,
  parts = {},
}: {
  cloud: Cloud;
  project: string;
  spec: string;
  region: string;
  schema: string;
  parts?: FirstParts;
}): string {
  return `# yaml-language-server: $schema=${schema}
version: 1

# The project that owns the resources. Each of them carries it as a tag in the cloud; no others are ever changed.
project: ${project}
# The identity of this spec. It is part of the marks, too: another spec of the project never changes what this one created.
# Give every spec its own, and never change it. A copy of this file needs a new one: with this one, applying the copy deletes
# what is declared here and not there.
spec: ${spec}

defaults:
  region: ${region}
  # tags: { team: payments }

${(cloud.firstSpec?.write ?? ((given) => plainSpec(cloud, given)))(parts)}`;
}

/** Of a cloud that brings no text: what its value shows. */
function plainSpec(cloud: Cloud, { link, subnets, gateway, target }: FirstParts): string {
  const { name, network, ids, links, gateways, targets } = cloud;
  const [kind] = Object.values(links).filter(({ createdOn }) => createdOn === name);
  const [firstGateway] = Object.values(gateways);
  const [key = ''] = kind?.targets ?? [];
  const { examples: [example] = [], hasPort } = targets[key] ?? {};
  const idOf = (prefix: string | undefined) => (prefix === undefined ? 'replaceme' : `${prefix}-replaceme`);
  const isNew = link === undefined && startsFrom(cloud) === undefined;
  return `# A link carries calls from a gateway into a network (a VPC).
links:
  main:
    provider: ${name}
    # account: ${network.account.example}   # checked before anything else
    ${isNew ? `subnets: ${flow(subnets ?? [idOf(ids.subnet)])}` : `id: ${link ?? idOf(kind?.idPrefix)}`}

# An integration connects routes of a gateway through a link to targets. The gateway itself is never created or deleted.
integrations:
  orders:
    link: main
    gateway: ${gateway ?? flow({ [firstGateway?.ref ?? '']: 'replaceme' })}
    targets:
      orders: ${target ?? flow({ [key]: example ?? 'replaceme', ...(hasPort === true && { port: 8080 }) })}
    routes:
      'ANY /orders': orders
`;
}
