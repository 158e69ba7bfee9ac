import { apigFamily, page, type PageRequest, anything, flag, PAGE, text } from '../request/parameters.js';

/**
 * Plug-ins of the market, which are those of the open-source engine. None is installed here, and none can be.
 * @see https://github.com/alibaba/higress/tree/main/plugins
 */
const CLASSES = [
  'basic-auth',
  'key-auth',
  'key-rate-limit',
  'cluster-key-rate-limit',
  'custom-response',
  'request-block',
];

/** Plug-ins, as far as they are listed. */
export const pluginOperations = apigFamily({
  ListPlugins: {
    parameters: {
      attachResourceId: text,
      attachResourceType: text,
      gatewayId: text,
      gatewayType: text,
      includeBuiltinAiGateway: flag,
      pluginClassId: text,
      pluginClassName: text,
      withAttachmentInfo: flag,
      ...PAGE,
    },
    run: (_call, asked: PageRequest) => page([], asked),
  },

  ListPluginClasses: {
    parameters: {
      alias: text,
      direction: text,
      excludeBuiltinAiGateway: flag,
      gatewayId: text,
      gatewayType: text,
      installed: flag,
      name: text,
      nameLike: text,
      source: text,
      type: text,
      withInfo: anything,
      ...PAGE,
    },
    run(_call, asked: PageRequest & { readonly name?: string; readonly installed?: boolean }) {
      const names = CLASSES.filter((name) => (asked.name ?? name) === name && asked.installed !== true);
      const { items, ...numbers } = page(names, asked);
      const view = (name: string) => ({
        pluginClassId: `pls-${name}`,
        name,
        alias: name,
        installed: false,
        publishStatus: 'Published',
        source: 'HigressOfficial',
      });
      return { items: items.map(view), ...numbers };
    },
  },
});
