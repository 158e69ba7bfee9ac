import type { LinkView } from '../../../do/world/views.js';
import { standsInSubnets } from '../../../do/world/link-facts.js';
import { readSpan, type Span } from '../model/span.js';

/** The blocks that calls of a link come from, where its subnets were read. */
export function callersOf(view: LinkView): readonly Span[] | undefined {
  if (!standsInSubnets(view)) return undefined;
  const { region, subnetIds } = view;
  const spans = subnetIds.map((id) => {
    const subnet = region.find('subnets', id);
    return subnet.is === 'found' ? readSpan(subnet.value.cidrBlock) : undefined;
  });
  const read = spans.flatMap((span) => span ?? []);
  return read.length === spans.length && read.length > 0 ? read : undefined;
}
