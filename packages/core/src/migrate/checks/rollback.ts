import { stating, type Judgement } from '../../findings/statement.js';
import type { migrateRollbackWords } from './words/rollback.words.js';
import { aboutGateway } from '../about-gateway.js';
import { missingEvidence } from '../../findings/missing.js';
import type { MigrationInput } from '../migration-input.js';

const { fails, holds } = stating<(typeof migrateRollbackWords)['says']>();

/** `migrate/rollback`. */
export const migrateRollback: Judgement<MigrationInput> = {
  id: 'migrate/rollback',
  severity: 'warning',
  *run({ check, region, gateway, from, back }) {
    const about = aboutGateway(gateway);
    const found = back();
    if (from?.link === undefined || found === undefined) {
      const gap = gateway.linkId === undefined ? undefined : region.missing('links', gateway.linkId);
      yield {
        verdict: 'unknown',
        ...about,
        evidence: gap === undefined ? [] : [missingEvidence(gap)],
        code: 'PRESENT_LINK_NOT_READ',
        params: { hasGap: gap !== undefined, remedy: gap?.remedy },
      };
      return;
    }
    const { id } = from.link;
    const { broken, unknown } = found;
    const [first] = broken.length > 0 ? broken : unknown;
    const more = broken.length > 0 ? broken.length - 1 : unknown.length - 1;
    const evidence = [...broken, ...unknown]
      .slice(0, 10)
      .map(({ subject, message }) => ({ kind: 'rollback', id: subject, text: message }));
    if (first === undefined) {
      yield holds(check, about, 'WAY_BACK', () => ({ params: { id }, evidence }));
    } else if (broken.length > 0) {
      const isRefused = REFUSED.test(first.check);
      yield fails(about, 'NO_WAY_BACK', { params: { isRefused, id, first: first?.message, more }, evidence });
    } else {
      yield {
        verdict: 'unknown',
        ...about,
        evidence,
        code: 'WAY_BACK_NOT_KNOWN',
        params: { id, first: first?.message, more, remedy: first.remedy },
      };
    }
  },
};

/** Checks for which the service refuses the move back; the others find calls that fail after it. */
const REFUSED = /^migrate\/(?:network|accessible-blocks|ready)$/;
