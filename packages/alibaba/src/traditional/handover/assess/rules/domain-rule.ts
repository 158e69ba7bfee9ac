import type { SourceDomain } from '../../source/source.js';
import type { About } from '../assessment.js';
import { ruleForEach } from '../rule.js';
import type { AssessView } from '../view.js';

/** The stages that a domain serves: its own, or all. */
export function stagesOf(view: Pick<AssessView, 'stages'>, domain: Pick<SourceDomain, 'stage'>): readonly string[] {
  const all = [...view.stages.keys()];
  return domain.stage === undefined ? all : all.filter((stage) => stage === domain.stage);
}

export const aboutDomain = ({ name, stage }: SourceDomain, kind: 'domain' | 'certificate' = 'domain'): About => ({
  source: { kind, id: name, name },
  stage,
  apis: [],
});

export const domainRule = ruleForEach((view) => view.source.group.domains);
