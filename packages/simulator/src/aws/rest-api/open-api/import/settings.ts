import { checkResponseType, gatewayResponse } from '../../authorizer/gateway-responses.js';
import { checkStatusCode } from '../../method/responses.js';
import { checkPartQuota, locationKey, newPart } from '../../model/documentation-parts.js';
import { newValidator } from '../../model/validator-rules.js';
import type { Import } from '../draft.js';
import { extension } from '../extensions.js';
import { defined, isTrue, list, object, text, texts } from '../json.js';
import { attempt } from '../report.js';

/** Adds the document's request validators. One of the same name keeps its ID. */
export function importValidators({ call, api, document }: Import): void {
  const ids = new Map([...api.requestValidators.values()].map((row) => [row.name, row.id]));
  for (const [name, value] of Object.entries(object(extension(document.root, 'request-validators')))) {
    const own = object(value);
    const fresh = newValidator(call, {
      name,
      validateRequestBody: isTrue(own['validateRequestBody']),
      validateRequestParameters: isTrue(own['validateRequestParameters']),
    });
    const id = ids.get(name) ?? fresh.id;
    api.requestValidators.set(id, { ...fresh, id });
  }
}

/** Sets the document's gateway responses. */
export function importGatewayResponses({ api, document, report }: Import): void {
  for (const [type, value] of Object.entries(object(extension(document.root, 'gateway-responses')))) {
    // The beginning of the error is [U].
    attempt(report, `Unable to put gateway response '${type}'`, () => {
      checkResponseType(type);
      const own = object(value);
      const statusCode = text(own['statusCode']);
      const input = defined({
        statusCode: statusCode === undefined ? undefined : checkStatusCode(statusCode),
        responseParameters: texts(own['responseParameters']),
        responseTemplates: texts(own['responseTemplates']),
      });
      api.gatewayResponses.set(type, gatewayResponse(type, input));
    });
  }
}

/**
 * Adds the document's documentation parts. A part of the same location is replaced and keeps its ID [I]. The
 * descriptions of other members do not become documentation parts here.
 */
export function importDocumentation({ call, api, document, report }: Import): void {
  const parts = list(object(extension(document.root, 'documentation'))['documentationParts']);
  const ids = new Map([...api.documentationParts.values()].map(({ id, location }) => [locationKey(location), id]));
  for (const value of parts) {
    const { location, properties } = object(value);
    attempt(report, 'Unable to create documentation part', () => {
      const place = texts(location) ?? {};
      const part = { location: { type: undefined, ...place }, properties: JSON.stringify(properties ?? {}) };
      const row = newPart(call, part as Parameters<typeof newPart>[1]);
      const key = locationKey(row.location);
      const id = ids.get(key) ?? row.id;
      if (id === row.id) checkPartQuota(call, api);
      ids.set(key, id);
      api.documentationParts.set(id, { ...row, id });
    });
  }
}
