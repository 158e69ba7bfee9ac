import { OPAQUE_TYPES, PULUMI } from '../plans/beginnings.js';
import { traditionalActs } from '../plans/acts.js';
import { traditionalHeld } from '../plans/held.js';
import { accessRow, apiRow, instanceRow } from '../plans/export.js';
import { gatewayRows } from '../plans/rows.js';
import { groupWords } from '../plans/setting-words.js';

/** What plans of other tools say of API Gateway (Traditional). */
export const traditional = {
  rows: gatewayRows,
  opaqueTypes: OPAQUE_TYPES,
  acts: traditionalActs,
  held: traditionalHeld,
  settings: groupWords,
  pulumi: PULUMI,
  exports: {
    links: { 'integration-instance': instanceRow },
    routes: { 'api-group': [apiRow] },
    targets: { instance: accessRow, address: accessRow },
  },
};
