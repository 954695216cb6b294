// The conversation in the JSON form of Quarkus LLM: messages, reasoning, tool calls and their outputs, in order.
const conversation = [];

const log = document.querySelector('#log');
const composer = document.querySelector('#composer');
const prompt = document.querySelector('#prompt');
const send = document.querySelector('#send');
const stop = document.querySelector('#stop');
const model = document.querySelector('#model');
const status = document.querySelector('#status');

let running = null;

/** Posts the conversation and yields the events of the answer as they arrive. */
async function* chat(items, signal) {
  const lost = (error) => {
    throw signal.aborted ? error : new Error('The application cannot be reached, or it broke off the answer. If it is running, its log tells why.');
  };
  const response = await fetch('chat', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify(items),
    signal,
  }).catch(lost);
  if (!response.ok) {
    throw new Error(`The application answered with HTTP status ${response.status}. Its log tells more.`);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  for (;;) {
    const { value, done } = await reader.read().catch(lost);
    if (done) {
      return;
    }
    const events = (buffer + value).split('\n\n');
    buffer = events.pop();
    for (const event of events) {
      const data = event.split('\n').filter((line) => line.startsWith('data:')).map((line) => line.slice(5)).join('\n');
      if (data) {
        yield JSON.parse(data);
      }
    }
  }
}

/** One answer on the page: text, reasoning and tool calls, in the order in which they begin. */
class Answer {
  text = '';
  #parts = new Map();

  constructor() {
    this.element = add(log, 'article', 'assistant');
    this.element.setAttribute('aria-busy', 'true');
    this.element.setAttribute('aria-label', 'Assistant');
  }

  show(event) {
    switch (event.type) {
      case 'response_started':
        this.#parts.clear(); // another round of the tool loop is another response, with ids of its own
        model.textContent = event.model;
        model.hidden = !event.model;
        break;
      case 'reasoning_delta':
        this.#part(event.item_id, newReasoning).append(event.delta);
        break;
      case 'text_delta':
      case 'refusal_delta':
        this.text += event.delta;
        this.#part(event.item_id, newText).append(event.delta);
        break;
      case 'tool_call_start':
        this.#part(event.call_id, newToolCall).start(event.name);
        break;
      case 'tool_call_arguments_delta':
        this.#part(event.call_id, newToolCall).append(event.delta);
        break;
      case 'tool_call_complete':
        this.#part(event.call.call_id, newToolCall).state('running');
        break;
      case 'tool_result':
        this.#part(event.item.call_id, newToolCall).finish(event.item.output);
        break;
      case 'failure':
        add(this.element, 'p', 'failure', event.message).setAttribute('role', 'alert');
        break;
    }
  }

  /** @param note why it ends early, if it does */
  end(note) {
    this.element.setAttribute('aria-busy', 'false');
    for (const call of this.element.querySelectorAll('.tool[data-state=writing], .tool[data-state=running]')) {
      call.dataset.state = 'stopped';
      call.querySelector('.state').textContent = 'stopped';
    }
    if (note) {
      add(this.element, 'p', 'note', note);
    }
  }

  #part(id, create) {
    if (!this.#parts.has(id)) {
      this.element.querySelectorAll('details').forEach((details) => (details.open = false)); // it has been thought out
      this.#parts.set(id, create(this.element));
    }
    return this.#parts.get(id);
  }
}

function newText(parent) {
  const element = add(parent, 'p', 'text');
  return { append: (delta) => element.append(delta) };
}

function newReasoning(parent) {
  const details = add(parent, 'details', 'reasoning');
  details.open = true;
  add(details, 'summary', '', 'Reasoning');
  const element = add(details, 'p');
  return { append: (delta) => element.append(delta) };
}

function newToolCall(parent) {
  const element = add(parent, 'section', 'tool');
  const head = add(element, 'h3');
  const name = add(head, 'code');
  const state = add(head, 'span', 'state');
  const written = add(element, 'pre', 'arguments');
  const call = {
    start(toolName) {
      name.textContent = toolName;
      element.setAttribute('aria-label', `Tool call ${toolName}`);
      call.state('writing');
    },
    append(delta) {
      following(written, () => written.append(delta));
    },
    state(word) {
      element.dataset.state = word;
      state.textContent = word;
    },
    finish(output) {
      add(element, 'p', 'result', output);
      call.state('done');
    },
  };
  return call;
}

function add(parent, tag, className = '', text = '') {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  parent.append(element);
  return element;
}

/** Changes what is in a box that scrolls. When its end was in view, it still is afterwards. */
function following(box, change) {
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
  change();
  if (atEnd) {
    box.scrollTop = box.scrollHeight;
  }
}

function message(role, content) {
  return { type: 'message', role, content };
}

async function ask(question) {
  document.querySelector('#welcome')?.remove();
  add(log, 'article', 'user', question).setAttribute('aria-label', 'You');
  log.scrollTop = log.scrollHeight;
  const asked = message('user', question);
  const answer = new Answer();
  const answered = [];
  let failed = false;
  let note = '';
  busy(new AbortController());
  try {
    for await (const event of chat([...conversation, asked], running.signal)) {
      following(log, () => answer.show(event));
      if (event.type === 'response_completed') {
        answered.push(...event.response.output);
        if (event.response.status === 'incomplete') {
          note = `The answer is incomplete: ${event.response.incomplete_details?.reason ?? 'the server does not say why'}`;
        }
      } else if (event.type === 'tool_result') {
        answered.push(event.item);
      } else if (event.type === 'failure') {
        failed = true;
      }
    }
  } catch (error) {
    failed = true;
    note = running.signal.aborted ? 'Stopped' : '';
    if (!running.signal.aborted) {
      following(log, () => answer.show({ type: 'failure', message: error.message }));
    }
  }
  following(log, () => answer.end(note));
  busy(null);
  // A turn that broke off may hold calls without outputs, which providers refuse: only its text is kept.
  if (!failed) {
    conversation.push(asked, ...answered);
  } else if (answer.text) {
    conversation.push(asked, message('assistant', answer.text));
  }
}

function busy(controller) {
  running = controller;
  send.hidden = controller !== null;
  stop.hidden = controller === null;
  status.textContent = controller ? 'The answer is coming' : 'The answer has ended';
  prompt.focus(); // the button that was pressed may be hidden now
}

composer.addEventListener('submit', (event) => {
  event.preventDefault();
  const question = prompt.value.trim();
  if (question && !running) {
    prompt.value = '';
    ask(question);
  }
});

prompt.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    composer.requestSubmit();
  }
});

// Aborting the request closes the connection; the application then cancels the exchange with the provider.
stop.addEventListener('click', () => running?.abort());

for (const suggestion of document.querySelectorAll('.suggestions button')) {
  suggestion.addEventListener('click', () => ask(suggestion.textContent));
}
