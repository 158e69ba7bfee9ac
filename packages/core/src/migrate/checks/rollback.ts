import { aboutGateway } from '../about-gateway.js';
import { fails, holds } from '../../checks/words/outcome.js';
import type { MigrationCheck } from '../migration-input.js';

/** `migrate/rollback`. */
export const migrateRollback: MigrationCheck = {
  id: 'migrate/rollback',
  title: 'The way back would work',
  severity: 'warning',
  about:
    'A rollback is the same move with the ends swapped, and is judged by the same rules: from a VPC integration instance back to a conventional one, backends without an ' +
    'authorisation would be lost. Settings that the move overwrote do not come back by themselves.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  *run({ check, gateway, from, back }) {
    const about = aboutGateway(gateway);
    if (from?.link === undefined) {
      yield {
        verdict: 'unknown',
        ...about,
        message: 'nobody can say whether the gateway could move back: its present instance is a shared one',
        evidence: [],
        remedy: 'Ask for it with a ticket before the move, or plan without a way back.',
      };
      return;
    }
    const { id } = from.link;
    const broken = back().filter(({ verdict, severity }) => verdict === 'fail' && severity === 'error');
    if (broken.length === 0) {
      yield holds(check, about, () => ({ message: `nothing that is known stops a move back to ${id}`, evidence: [] }));
      return;
    }
    yield fails(about, {
      message: `a move back to ${id} would fail: ${broken[0]?.message ?? ''}${broken.length > 1 ? `, and ${broken.length - 1} more` : ''}`,
      evidence: broken.slice(0, 10).map(({ subject, message }) => ({ kind: 'way back', id: subject, text: message })),
      remedy: 'Mend that first, or decide that there is no way back.',
    });
  },
};
