import type { Verdict } from '../../do/findings/finding.js';
import type { Explanation, Hop } from '../../do/findings/explanation.js';
import { ruleParamsText, shortText } from '../report/context.js';
import { GraphBuilder } from './builder.js';
import type { Graph, GraphNode, Mark } from './model.js';

/** The paths of calls, hop by hop: a chain for each path, from the source to the hop that stops it, or to the target. Pure. */
export function graphOfExplanations(explanations: readonly Explanation[]): Graph {
  const builder = new GraphBuilder();
  const shown = new Set<string>();
  for (const { integration, route, target, link, verdict, paths } of explanations) {
    const linkId = builder.node({ id: `link ${link}`, kind: 'link', label: link });
    const targetId = `target ${integration} ${target}`;
    builder.node({ id: targetId, kind: 'target', label: target, ...marked(verdict) });
    if (route !== undefined) {
      const from = builder.node({
        id: `route ${integration} ${route}`,
        kind: 'route',
        label: route,
        target: targetId,
        ...marked(verdict),
      });
      builder.edge({ from, to: linkId });
    }
    for (const { from: source, to, hops, verdict: ends } of paths) {
      const key = `${integration} ${target} ${source} ${to}`;
      if (shown.has(key)) continue;

      shown.add(key);
      let last = builder.node({ id: `place ${source}`, kind: 'place', label: shortText(source) });
      builder.edge({ from: linkId, to: last });
      for (const [at, hop] of hops.entries()) {
        const next = builder.node({
          id: `hop ${key} ${at}`,
          kind: 'hop',
          label: hop.hop,
          ...shownOf(hop),
        });
        builder.edge({ from: last, to: next });
        last = next;
      }
      const end = builder.node({ id: `place ${to}`, kind: 'backend', label: shortText(to) });
      builder.edge({ from: last, to: end, ...marked(ends) });
      builder.edge({ from: end, to: targetId, isAside: true });
    }
  }
  const names = [...new Set(explanations.map(({ integration }) => integration))];
  return builder.graph(`Paths of ${names.join(', ')}`, { isDown: true });
}

function marked(verdict: Verdict): { readonly mark?: Mark } {
  return verdict === 'pass' ? {} : { mark: verdict };
}

/** What decides at a hop; where it stops the packet, why: the sentence that names the rule is shown alone. */
function shownOf(hop: Hop): Pick<GraphNode, 'mark' | 'detail' | 'note'> {
  const { id, text, verdict, because } = hop;
  if (verdict === 'pass') return { detail: ruleParamsText(hop) };

  const note = because === undefined ? undefined : shortText(because);
  const isNamed = because !== undefined && (because === text || because.includes(id));
  return { mark: verdict, detail: isNamed ? undefined : ruleParamsText(hop), note };
}
