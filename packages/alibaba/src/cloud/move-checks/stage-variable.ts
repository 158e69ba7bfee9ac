import { aboutGateway, isVariable, migrationCheck, part, thing, undecided, useText } from '@postern/core/checks';

/** `migrate/stage-variable`. */
export const migrateStageVariable = migrationCheck({
  id: 'migrate/stage-variable',
  severity: 'error',
  title: 'The value of every stage variable that names a backend is known',
  about:
    'An authorization or an address may be a stage variable, `#NAME#`. The service has API calls to create and to delete such variables, and none to read ' +
    'them, so no snapshot contains their values. Write them into the spec under `assume.stageVariables`, by gateway, stage and name. A draft is evaluated ' +
    'with the values of each stage that has values, because it is published on one of them.',
  sources: ['https://help.aliyun.com/document_detail/43605.html'],
  back: 'also',
  codes: {
    VARIABLE_NOT_KNOWN: undecided(
      'the backend of {useText} is the stage variable {variable}, and no API call reports its value',
      'Write its value into the spec as {places:and}, and pass the spec with --spec.[if isDraft:  If the value differs between stages, write it for each stage on which the draft may be published.]',
    ),
  },
  *run({ gateway, untold }, say) {
    const seen = new Set<string>();
    for (const use of untold ?? []) {
      const text = isVariable(use.targetId) ? use.targetId : isVariable(use.host) ? use.host : undefined;
      if (text === undefined || use.unreadable !== undefined || seen.has(`${text} ${useText(use)}`)) continue;
      seen.add(`${text} ${useText(use)}`);
      yield say.VARIABLE_NOT_KNOWN(
        aboutGateway(gateway, thing(use.kind, use.id, useText(use)), part('stage variable', text)),
        { useText: useText(use), variable: text, gateway: gateway.id, stage: use.stage },
        undefined,
        {
          evidence: [{ kind: use.kind, id: use.id, text: `${useText(use)} → ${text}` }],
          words: { places: placesOf(gateway.id, use.stage, text), isDraft: use.stage === undefined },
        },
      );
    }
  },
});

/** Where the spec has the values of `#host#`, or of several with text between them. A draft has no stage: it uses the value of any. */
function placesOf(gateway: string, stage: string | undefined, variable: string): readonly string[] {
  const names = [...variable.matchAll(/#([^#\s]+)#/g)].map(([, name = '']) => name);
  return names.map((name) => `assume.stageVariables.${gateway}.${stage ?? 'RELEASE'}.${name}`);
}
