import { entryOf } from '../../ground/json.js';
import type { Finding } from '../../do/findings/finding.js';
import { subjectOf } from '../../do/findings/subject.js';
import type { Spec } from '../../do/spec.js';

/** Where in the spec a finding belongs, as a path of keys: `integrations.shop.targets.orders`. */
export function pathOfFinding(finding: Finding, spec: Spec): string {
  const { integration, about } = finding;
  if (integration !== null) {
    const path = `integrations.${integration}`;
    const own = entryOf(spec.integrations, integration);
    return `${path}${own === undefined ? '' : memberOf(finding, own)}`;
  }

  const [first] = about;
  if (first?.kind === 'link' && Object.hasOwn(spec.links, first.id)) return `links.${first.id}`;

  return first?.kind === 'ignore' ? first.id : 'links';
}

/** The target or route that a finding is about. */
function memberOf(finding: Finding, { targets, routes }: Spec['integrations'][string]): string {
  const target = subjectOf('target', finding)?.id;
  if (target !== undefined && Object.hasOwn(targets, target)) return `.targets.${target}`;

  const route = subjectOf('route', finding)?.id;
  return route !== undefined && Object.hasOwn(routes, route) ? `.routes.${route}` : '';
}
