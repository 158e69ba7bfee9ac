import type { OptionTraits } from '../kinds/options/option.js';
import { counted } from '../text/counted.js';
import type { Layout } from './layout/layout.js';

/** The resources of an option in one line: `2 REST API -> 3 VPC link V1 -> 3 NLB -> 3 services`. */
export function pictureOf({ names }: OptionTraits, { apis, links, balancers, services }: Layout): string {
  const kinds = (['NLB', 'ALB', 'CLB'] as const).flatMap((kind) => {
    const count = balancers.filter((one) => one.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  return [
    `${apis.length} ${names.gateway}`,
    `${links.length} ${names.link}`,
    ...kinds,
    counted(services.length, 'service'),
  ].join(' -> ');
}
