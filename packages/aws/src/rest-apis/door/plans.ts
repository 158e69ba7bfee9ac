import { typesOf } from '../../plans/cloudformation/types.js';
import { apiActs } from '../plans/acts/apis.js';
import { methodActs, methodStandIns } from '../plans/acts/methods.js';
import { partActs } from '../plans/acts/parts.js';
import { stageActs } from '../plans/acts/stages.js';
import { REST_TYPES } from '../plans/cloudformation.js';
import { methodRow, methodSettingsRow, restIntegrationRow, restStageRow } from '../plans/export.js';
import { REST_APIS_OF_PARTS, REST_FACTS } from '../plans/import-facts.js';
import { REST_TOKENS } from '../plans/pulumi.js';
import { restRows } from '../plans/rows.js';

/** What plans of other tools say of REST APIs. */
export const restApis = {
  rows: restRows,
  standIns: methodStandIns,
  acts: { ...apiActs, ...methodActs, ...partActs, ...stageActs },
  cloudFormation: typesOf({ ApiGateway: REST_TYPES }),
  pulumi: REST_TOKENS,
  facts: REST_FACTS,
  apis: REST_APIS_OF_PARTS,
  routes: { 'rest-api': [methodRow, restIntegrationRow] },
  settings: { 'rest-api': [methodSettingsRow, restStageRow] },
};
