import type { SourceDomain } from '../../source/source.js';
import type { About } from '../assessment.js';
import { handoverRule, type Found, type HandoverRule, type HandoverTexts, type Row, type Say } from '../rule.js';
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

export const domainRule = <const T extends HandoverTexts>(
  row: Row<T>,
  find: (domain: SourceDomain, say: Say<T>, view: AssessView) => Found | undefined,
): HandoverRule =>
  handoverRule({
    ...row,
    *find(view, say) {
      for (const domain of view.source.group.domains) {
        const found = find(domain, say, view);
        if (found !== undefined) yield found;
      }
    },
  });
