import type { PlannerOption } from './cloud/option.js';
import { counted } from '../ground/text/quantities.js';
import { balancerKinds, type Layout } from './layout/layout.js';

/** The resources of an option in one line: `2 REST APIs -> 3 VPC links V1 -> 3 NLBs -> 3 services`. */
export function pictureOf({ names }: PlannerOption, layout: Layout): string {
  const { apis, links, balancers, services } = layout;
  const kinds = balancerKinds(layout).map((kind) =>
    counted(balancers.filter((one) => one.kind === kind).length, kind.name),
  );
  return [
    counted(apis.length, names.gateway),
    counted(links.length, names.link, severalOf(names.link)),
    ...kinds,
    counted(services.length, 'service'),
  ].join(' -> ');
}

/** The plural of the name of a link: `VPC links V2`, `gateways in the VPC`, `VPC integration instances`. */
export function severalOf(name: string): string {
  const named = name.replace(/^(VPC link|gateway)(?= )/, '$1s');
  return named === name ? `${name}s` : named;
}
