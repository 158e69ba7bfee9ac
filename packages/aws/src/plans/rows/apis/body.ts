import { hashText, type Route, type Gateway } from '@postern/core/internal/adapter';
import { type DraftRegion, marksAt, type Place, UnknownAttribute, type View } from '@postern/core/internal/overlay';
import { layLead } from './integration-target.js';
import { layOpenBody } from './open-body.js';
import { openApiOf, type Operation } from './open-api.js';

/**
 * Lays the `body` of an API: an import replaces its routes by those of the document, or adds them (`merge`). One that did not
 * change leaves the routes that the snapshot shows.
 */
export function layBody(view: View, place: Place, gatewayId: string): void {
  const { draft, note } = place;
  const { instance, when } = view;
  const isSet = (name: string): boolean =>
    typeof instance[when]?.[name] === 'string' ||
    (view.lookup.references.isSet(instance, name) ?? (when === 'after' && marksAt(instance.unknown, [name]) === true));
  // Modules write `target = null` for APIs that have their own routes.
  const isNull = instance[when]?.['target'] === null && marksAt(instance.unknown, ['target']) !== true;
  if (isSet('target') && !isNull)
    note(`${instance.address} has a \`target\` (quick create): its route is not judged before it exists`);
  if (!isSet('body')) return;

  try {
    const body = view.text('body');
    const isSame = when === 'after' && instance.before?.['body'] === body;
    if (body === undefined || isSame || (when === 'before' && draft.inBase('gateways', gatewayId))) return;

    importBody(view, place, gatewayId, body);
  } catch (error) {
    if (!(error instanceof UnknownAttribute)) throw error;
    if (error.isLater && layOpenBody(view, draft, gatewayId)) return;

    const what = `${error.address}.${error.attribute} is not known yet, and with it no route of the API: ${error.reasons.join('; ')}. ${remedyOf(draft.get('gateways', gatewayId)?.kind)}`;
    draft.routes.loseAll(gatewayId, what);
  }
}

/** A document without references is read. Before the first apply only stage variables make that possible. */
function remedyOf(kind: Gateway['kind'] | undefined): string {
  return kind === 'http-api'
    ? 'A document that names nothing of the plan is read: after the apply, write its IDs as text, or write separate routes and integrations'
    : 'A document that names nothing of the plan is read: name the link and the host by stage variables in it, and give the stage their values. Or check again after the apply';
}

/**
 * A route of its own that the plan leaves as it is: an import of the document deletes it.
 * @throws {UnknownAttribute}
 */
export function refuseImported(view: View, draft: DraftRegion, gatewayId: string): void {
  const { actions, before } = view.instance;
  if (view.when === 'before' || before === undefined || actions[0] !== 'no-op' || !draft.routes.imported.has(gatewayId))
    return;

  throw view.unknown('id', ['the plan changes the `body` of its API, and the import deletes what is not in it']);
}

function importBody(view: View, { draft, note }: Place, gatewayId: string, body: string): void {
  const { address } = view.instance;
  const document = openApiOf(body);
  if (document === undefined) throw view.unknown('body', ['it is not an OpenAPI document in JSON or YAML']);
  if ((view.map('parameters')['basepath'] ?? 'ignore') !== 'ignore')
    throw view.unknown('body', ['`parameters` put it below a base path']);

  const { operations, otherVersion } = document;
  if (otherVersion !== undefined)
    note(
      `${address}: its \`body\` is OpenAPI ${otherVersion}. API Gateway documents imports of OpenAPI 3.0 and Swagger 2.0, and refused 3.1: the apply may fail. Write openapi: 3.0.1`,
    );
  const merges = view.text('put_rest_api_mode') === 'merge';
  const keys = new Set(operations.map(({ key }) => key));
  draft.patch('gateways', gatewayId, ({ routes, integrations = [] }) => ({
    routes: merges ? routes.filter(({ key }) => !keys.has(key)) : [],
    integrations: merges ? integrations : [],
  }));
  if (!merges) draft.routes.imported.add(gatewayId);
  for (const one of operations) {
    const at = hashText(`${address} ${one.key}`).slice(0, 9);
    // The ID of a method of a REST API has its verb in it.
    const id = draft.get('gateways', gatewayId)?.kind === 'rest-api' ? `${at}/${one.key.split(' ')[0]}` : at;
    layOperation(view, draft, { gatewayId, id }, one);
  }
  if (operations.length === 0) note(`${address}: its \`body\` has no operation with an integration`);
}

function layOperation(
  view: View,
  draft: DraftRegion,
  { gatewayId, id }: Pick<Route, 'gatewayId' | 'id'>,
  { key, open, integration, misspelled }: Operation,
): void {
  const route = { id, gatewayId, key, open, integrationId: id, ...(open === true ? { authorization: 'NONE' } : {}) };
  try {
    if (misspelled !== undefined)
      throw view.unknown('body', [
        `${misspelled} is not a member of x-amazon-apigateway-integration: write ${misspelled === 'connection_type' ? 'connectionType' : 'connectionId'}`,
      ]);

    if (integration === undefined) draft.routes.lead(gatewayId, id, {});
    else layLead(view, draft, { gatewayId, id }, integration, 'body');
  } catch (error) {
    if (!(error instanceof UnknownAttribute)) throw error;

    const what = `${error.address}.${error.attribute}: ${error.reasons.join('; ')}`;
    draft.routes.lost.push({ gatewayId, routeId: id, key, what });
    return;
  }
  draft.routes.put(gatewayId, route as Route);
}
