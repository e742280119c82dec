// Runs the official OpenAI client against the gateway at BASE_URL and checks what comes back. Exits 0 only if everything held.
import assert from 'node:assert/strict';
import OpenAI from 'openai';

const baseURL = process.env.BASE_URL;
const label = '【AI生成】';
const client = new OpenAI({ apiKey: 'key', baseURL, maxRetries: 2 });
const ui = new OpenAI({ apiKey: 'key-ui', baseURL });
const ask = (content) => ({ model: 'demo', user: 'wang', messages: [{ role: 'user', content }] });

// Whole, and several at once.
const whole = await client.chat.completions.create({ ...ask('你好'), n: 2 });
assert.equal(whole.choices.length, 2);
for (const choice of whole.choices) assert.ok(choice.message.content.startsWith(label));
assert.equal(whole.aigc.Label, '1');
assert.ok(whole.usage.total_tokens > 0);
assert.equal(whole._request_id.length, 32);

// The message goes back as history unchanged, and is not labelled twice.
const again = await client.chat.completions.create({
  ...ask('x'),
  messages: [{ role: 'user', content: 'one' }, whole.choices[0].message, { role: 'user', content: 'two' }],
});
assert.equal(again.choices[0].message.content.split(label).length, 2);

// Streamed, through the client's own gatherer too.
const texts = ['', ''];
let usage;
const stream = await client.chat.completions.create({
  ...ask('tell me of the river'), n: 2, stream: true, stream_options: { include_usage: true },
});
for await (const chunk of stream) {
  for (const choice of chunk.choices) texts[choice.index] += choice.delta.content ?? '';
  if (chunk.usage) usage = chunk.usage;
}
for (const text of texts) assert.ok(text.startsWith(label) && text.includes('tell me of the river'), text);
assert.ok(usage.total_tokens > 0);
const gathered = await client.chat.completions.stream(ask('lamps')).finalChatCompletion();
assert.ok(gathered.choices[0].message.content.startsWith(label));

// Tools, for an application that shows the label itself.
const tools = [{
  type: 'function',
  function: { name: 'weather', description: 'of a city', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
}];
const called = await ui.chat.completions.create({ ...ask('Harbin'), tools });
const call = called.choices[0].message.tool_calls[0];
assert.equal(called.choices[0].finish_reason, 'tool_calls');
assert.deepEqual(JSON.parse(call.function.arguments), { city: 'Harbin' });
const said = await ui.chat.completions.create({
  ...ask('x'),
  tools,
  messages: [{ role: 'user', content: 'Harbin' }, called.choices[0].message, { role: 'tool', tool_call_id: call.id, content: '{"sky":"clear"}' }],
});
assert.ok(said.choices[0].message.content.includes('clear'));
const streamedCall = await ui.chat.completions.stream({ ...ask('Harbin'), tools }).finalChatCompletion();
assert.deepEqual(JSON.parse(streamedCall.choices[0].message.tool_calls[0].function.arguments), { city: 'Harbin' });

// Pictures, inline and by address; speech; models.
const inline = await client.images.generate({ model: 'demo-image', prompt: 'hills', size: '256x256', response_format: 'b64_json', user: 'wang' });
assert.equal(Buffer.from(inline.data[0].b64_json, 'base64').subarray(1, 4).toString(), 'PNG');
const byUrl = await client.images.generate({ model: 'demo-image', prompt: 'hills', size: '256x256', response_format: 'url', user: 'wang' });
const file = await fetch(byUrl.data[0].url);
assert.equal(file.status, 200);
assert.equal(file.headers.get('content-type'), 'image/png');
const speech = await client.audio.speech.create({ model: 'demo-voice', voice: 'alloy', input: 'hello', response_format: 'wav' }, { headers: { 'X-End-User': 'wang' } });
assert.equal(Buffer.from(await speech.arrayBuffer()).subarray(0, 4).toString(), 'RIFF');
const models = await client.models.list();
assert.deepEqual(models.data.map((model) => model.id), ['demo', 'demo-image', 'demo-voice', 'scripted']);

// Errors arrive as the client's own types, and are not retried when they must not be.
async function fails(type, code, attempt) {
  await assert.rejects(attempt, (error) => {
    assert.ok(error instanceof type, `${error.constructor.name} is not ${type.name}`);
    assert.equal(error.code, code);
    return true;
  });
}
await fails(OpenAI.BadRequestError, 'content_blocked', () => client.chat.completions.create(ask('moonlit-teapot')));
await fails(OpenAI.BadRequestError, 'label_impossible', () => client.chat.completions.create({ ...ask('x'), tools }));
await fails(OpenAI.BadRequestError, 'invalid_request', () => client.chat.completions.create({ ...ask('x'), made_up: true }));
await fails(OpenAI.PermissionDeniedError, 'identity_required', () => client.chat.completions.create({ ...ask('x'), user: 'nobody' }));
await fails(OpenAI.AuthenticationError, 'invalid_key', () => new OpenAI({ apiKey: 'wrong', baseURL }).models.list());
await fails(OpenAI.NotFoundError, 'not_found', () => client.chat.completions.create({ ...ask('x'), model: 'none' }));
await fails(OpenAI.APIError, 'content_blocked', async () => {
  const blocked = await client.chat.completions.create({ ...ask('tell me the forbidden tale'), stream: true });
  let seen = '';
  try {
    for await (const chunk of blocked) seen += chunk.choices[0]?.delta?.content ?? '';
  } finally {
    assert.ok(seen.startsWith(label) && !seen.includes('moonlit'), seen);
  }
});
console.log('the official client is content');
