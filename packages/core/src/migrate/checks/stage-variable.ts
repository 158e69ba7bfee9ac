import { part, thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import type { MigrationCheck } from '../migration-input.js';
import { isVariable, useText } from '../../world/uses/gateway-uses.js';

/** `migrate/stage-variable`. */
export const migrateStageVariable: MigrationCheck = {
  id: 'migrate/stage-variable',
  title: 'No backend stands behind a stage variable whose value nobody knows',
  severity: 'error',
  about:
    'An authorisation or an address may be written as a stage variable, `#NAME#`. The service has calls to make and to delete such variables, and none to read ' +
    'them, so no snapshot holds their values. Write them into the spec under `assume.stageVariables`, by gateway, stage and name. A draft counts as ' +
    'what it would be on each stage that has values: it is published on one of them.',
  sources: ['https://help.aliyun.com/document_detail/43605.html'],
  *run({ gateway, untold }) {
    const seen = new Set<string>();
    for (const use of untold ?? []) {
      const text = isVariable(use.targetId) ? use.targetId : isVariable(use.host) ? use.host : undefined;
      if (text === undefined || use.unreadable !== undefined || seen.has(`${text} ${useText(use)}`)) continue;
      seen.add(`${text} ${useText(use)}`);
      yield {
        verdict: 'unknown',
        ...aboutGateway(gateway, thing(use.kind, use.id, useText(use)), part('stage variable', text)),
        message: `${useText(use)} leads to ${text}, a stage variable, and no call tells what it holds`,
        evidence: [{ kind: use.kind, id: use.id, text: `${useText(use)} → ${text}` }],
        remedy: remedyFor(gateway.id, use.stage, text),
      };
    }
  },
};

/** Where the spec has the value; a draft has no stage, and takes that of any. */
function remedyFor(gatewayId: string, stage: string | undefined, text: string): string {
  const names = [...text.matchAll(/#([^#\s]+)#/g)].map(([, name = '']) => name);
  const places = names.map((name) => `assume.stageVariables.${gatewayId}.${stage ?? 'RELEASE'}.${name}`);
  const where = `Write its value into the spec as ${places.join(' and ')}, and name the spec with --spec`;
  return stage === undefined
    ? `${where}; where it differs between stages, for each on which the draft may be published.`
    : `${where}.`;
}
