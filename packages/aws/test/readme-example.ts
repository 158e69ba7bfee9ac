import { aws } from '@postern/aws';
import { createContext } from '@postern/core';

const driver = aws({ region: 'eu-west-1' });
const ctx = createContext();
const { links, gaps } = await driver.observe({ all: true }, ctx);
for (const link of links) {
  const { prefixes } = await driver.egress(link, ctx);
  console.log(`${link.name} is ${link.state}; its calls come from ${prefixes.join(', ')}`);
}
for (const gap of gaps) console.log(`not read: ${gap.what}; allow ${gap.permission}`);
