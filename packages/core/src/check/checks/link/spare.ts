import { fail, pass } from '../../../do/findings/say.js';
import { aboutLink } from '../../../do/findings/subject.js';
import { linkEvidence } from '../../../do/findings/evidence.js';
import { defineCheck } from '../define-check.js';

export const linkSpare = defineCheck({
  id: 'link/spare',
  severity: 'warning',
  title: 'No second link with its mark is billed',
  about:
    'Links that cost money are deleted only with consent. A link that another one has replaced, or that a second run has bought at the same time, stays and is billed until it is deleted. `postern plan` notes it, too.',
  codes: {
    SPARE: fail(
      '{id} has the mark of link {name} as well, which is {linkId}: it is billed until it is deleted',
      'Run `postern apply` with consent to delete {id}, or remove its marks.',
    ),
    NONE_SPARE: pass('only {linkId} has the mark of link {name}'),
  },
  *run(input, say) {
    for (const view of input.links) {
      const { link, name, marked } = view;
      if (link === undefined || !view.region.clouds.link(link.kind).plans.linksCostMoney) continue;

      const spare = marked.own.filter(({ id, state }) => id !== link.id && state !== 'deleting');
      if (spare.length === 0) yield say.NONE_SPARE(aboutLink(view), { linkId: link.id, name }, [linkEvidence(link)]);
      for (const { id } of spare) yield say.SPARE(aboutLink(view), { linkId: link.id, name, id }, [linkEvidence(link)]);
    }
  },
});
