import type { Judgement } from '../../findings/statement.js';
import { part, thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import type { MigrationInput } from '../migration-input.js';
import { isVariable, useText } from '../../world/uses/gateway-uses.js';

/** `migrate/stage-variable`. */
export const migrateStageVariable: Judgement<MigrationInput> = {
  id: 'migrate/stage-variable',
  severity: 'error',
  *run({ gateway, untold }) {
    const seen = new Set<string>();
    for (const use of untold ?? []) {
      const text = isVariable(use.targetId) ? use.targetId : isVariable(use.host) ? use.host : undefined;
      if (text === undefined || use.unreadable !== undefined || seen.has(`${text} ${useText(use)}`)) continue;
      seen.add(`${text} ${useText(use)}`);
      yield {
        verdict: 'unknown',
        ...aboutGateway(gateway, thing(use.kind, use.id, useText(use)), part('stage variable', text)),
        evidence: [{ kind: use.kind, id: use.id, text: `${useText(use)} → ${text}` }],
        code: 'VARIABLE_NOT_KNOWN',
        params: { useText: useText(use), variable: text, gateway: gateway.id, stage: use.stage },
      };
    }
  },
};
