import { stating, type Judgement } from '../../findings/statement.js';
import type { migrateSpecWords } from './words/spec.words.js';
import { aboutGateway } from '../about-gateway.js';
import { instanceSpec, instanceSpecText } from '../../kinds/instance-specs.js';
import type { MigrationInput } from '../migration-input.js';

const { fails, holds, unsure } = stating<(typeof migrateSpecWords)['says']>();

/** `migrate/spec`. */
export const migrateSpec: Judgement<MigrationInput> = {
  id: 'migrate/spec',
  severity: 'warning',
  *run({ check, gateway, from, to }) {
    const [old, next] = [from?.link?.settings?.spec, to.link?.settings?.spec];
    if (from?.link === undefined) return; // a shared instance has no instance type
    const [before, after] = [instanceSpec(old), instanceSpec(next)];
    const about = aboutGateway(gateway);
    if (before === undefined || after === undefined) {
      if (old !== undefined && old === next) {
        yield holds(check, about, 'SAME_SPEC', () => ({ params: { old }, evidence: [] }));
        return;
      }
      const [view, name] = after === undefined ? [to, next] : [from, old];
      const id = view.link?.id ?? view.name;
      const what =
        name === undefined ? `the instance type of ${id}` : `the connection limits of instance type ${name} of ${id}`;
      const remedy = `Compare the connection limits of ${old ?? 'the current instance'} and ${next ?? 'the target instance'} in the console.`;
      yield unsure(about, 'SPEC_NOT_READ', {}, { what, remedy });
      return;
    }
    const evidence = [
      { kind: 'link', id: from.link.id, text: `${old ?? ''}: ${instanceSpecText(before)}` },
      { kind: 'link', id: to.link?.id ?? '', text: `${next ?? ''}: ${instanceSpecText(after)}` },
    ];
    const isLess = (['connections', 'newConnections', 'outbound'] as const).some((key) => after[key] < before[key]);
    if (!isLess) {
      yield holds(check, about, 'SPEC_NOT_SMALLER', () => ({ params: { next, old }, evidence }));
      return;
    }
    yield fails(about, 'SPEC_SMALLER', {
      params: { next, nextSpec: after, old, oldSpec: before, linkId: to.link?.id },
      evidence,
    });
  },
};
