import type { CheckWords } from '../../findings/statement.js';

/** The texts of `migrate/stage-variable`. */
export const migrateStageVariableWords = {
  title: 'No backend stands behind a stage variable whose value nobody knows',
  about:
    'An authorisation or an address may be written as a stage variable, `#NAME#`. The service has calls to make and to delete such variables, and none to read ' +
    'them, so no snapshot holds their values. Write them into the spec under `assume.stageVariables`, by gateway, stage and name. A draft counts as ' +
    'what it would be on each stage that has values: it is published on one of them.',
  sources: ['https://help.aliyun.com/document_detail/43605.html'],
  says: {
    VARIABLE_NOT_KNOWN: ({
      useText,
      variable,
      remedyFor,
    }: {
      readonly useText: string;
      readonly variable: string;
      readonly remedyFor: string;
    }) => ({
      message: `${useText} leads to ${variable}, a stage variable, and no call tells what it holds`,
      remedy: remedyFor,
    }),
  },
} satisfies CheckWords;
