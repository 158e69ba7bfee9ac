import {
  RESPONSE_PATCH,
  RESPONSE_WORDS,
  checkResponseType,
  gatewayResponse,
  RESPONSE_TYPES,
  shownResponse,
} from '../gateway-response.js';
import { family, getApi, listPage } from '../collection.js';
import { patched } from '../patch.js';
import { notFound } from '../words.js';

/** Responses that the gateway itself gives. */
export const gatewayResponseOperations = family({
  /** Sets the response of a type, in place of an earlier one. It is served after the next deployment. */
  PutGatewayResponse: {
    limits: { statusCode: { pattern: /^[1-5]\d\d$/ } },
    run(call, { restApiId, responseType, ...input }) {
      checkResponseType(responseType);
      const api = getApi(call, restApiId);
      const row = gatewayResponse(responseType, input);
      api.gatewayResponses.set(responseType, row);
      return row;
    },
  },

  /** Changes the response of a type. A default one becomes the API's own. */
  UpdateGatewayResponse(call, { restApiId, responseType, patchOperations }) {
    checkResponseType(responseType);
    const api = getApi(call, restApiId);
    const changed = patched(shownResponse(api, responseType), patchOperations, RESPONSE_PATCH, RESPONSE_WORDS);
    const row = { ...changed, defaultResponse: false };
    api.gatewayResponses.set(responseType, row);
    return row;
  },

  /** Returns a type to its default response. */
  DeleteGatewayResponse(call, { restApiId, responseType }) {
    checkResponseType(responseType);
    const api = getApi(call, restApiId);
    if (!api.gatewayResponses.delete(responseType)) throw notFound('Gateway response type not defined on api');

    return {};
  },

  /** The response of a type: the API's own, or the default one. */
  GetGatewayResponse(call, { restApiId, responseType }) {
    checkResponseType(responseType);
    return shownResponse(getApi(call, restApiId), responseType);
  },

  /** The responses of all types, default ones included. */
  GetGatewayResponses(call, input) {
    const api = getApi(call, input.restApiId);
    const rows = RESPONSE_TYPES.map((type) => shownResponse(api, type));
    return listPage(rows, input, `GetGatewayResponses ${input.restApiId}`, ({ responseType }) => responseType);
  },
});
