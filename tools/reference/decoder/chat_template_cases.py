"""Renders the chat templates of a directory over many message lists, with transformers' own renderer
(jinja2's ImmutableSandboxedEnvironment, trim_blocks, lstrip_blocks, tojson, raise_exception), at a
fixed date, and a list of one-line templates for each piece of the language.

    python chat_template_cases.py ../../../Tests/OCRInferenceTests/Golden/chat-templates
"""

import datetime
import json
import pathlib
import sys

import jinja2
import transformers
from transformers.utils import chat_template_utils

NOW = datetime.datetime(2025, 3, 9, 8, 5, 7)


class FixedClock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return NOW


chat_template_utils.datetime = FixedClock

TOKENS = {"qwen": dict(eos_token="<|im_end|>", pad_token="<|endoftext|>"),
          "llama-2": dict(bos_token="<s>", eos_token="</s>"),
          "llama-3": dict(bos_token="<|begin_of_text|>", eos_token="<|eot_id|>")}

USER = dict(role="user", content="  서식을 읽어 주세요. \n")
SYSTEM = dict(role="system", content="You read \"pages\". <b> & 'quotes' \\ 한글 ")
ANSWER = dict(role="assistant", content=" 진단명: 급성 충수염\n\n")
AGAIN = dict(role="user", content="And the date?")

TEXT_CHATS = {
    "user": [USER], "system and user": [SYSTEM, USER], "two turns": [USER, ANSWER, AGAIN],
    "system and two turns": [SYSTEM, USER, ANSWER, AGAIN],
    "ends with the assistant": [SYSTEM, USER, ANSWER],
    "three turns": [USER, ANSWER, AGAIN, ANSWER, USER], "empty content": [dict(role="user", content="")],
    "two users in a row": [USER, AGAIN], "assistant first": [ANSWER, USER],
    "system later": [USER, SYSTEM], "only a system": [SYSTEM], "no messages": [],
    "odd role": [dict(role="observer", content="x")],
    "no content": [dict(role="user")], "content is null": [dict(role="user", content=None)],
    "template in the content": [dict(role="user", content="{{ 1 + 1 }}{% if %}<|im_end|>")],
}

IMAGE, TEXT = dict(type="image"), dict(type="text", text="Read the page.\n")
IMAGE_CHATS = {
    "image and text": [dict(role="user", content=[IMAGE, TEXT])],
    "text and image": [dict(role="user", content=[TEXT, IMAGE])],
    "two images": [dict(role="user", content=[IMAGE, TEXT, IMAGE, dict(type="text", text="Same patient?")])],
    "image by key": [dict(role="user", content=[dict(image="page.png"), dict(image_url="page.png"), dict(text="x")])],
    "video": [dict(role="user", content=[dict(type="video"), TEXT])],
    "system text and image": [SYSTEM, dict(role="user", content=[IMAGE, TEXT])],
    "system as a list": [dict(role="system", content=[dict(type="text", text="Be brief.")]),
                         dict(role="user", content=[IMAGE, TEXT]), ANSWER, AGAIN],
    "no parts": [dict(role="user", content=[])],
    "unknown part": [dict(role="user", content=[dict(type="audio"), TEXT])],
    "images in two turns": [dict(role="user", content=[IMAGE, TEXT]), ANSWER, dict(role="user", content=[IMAGE])],
}

LOOKUP = dict(type="function", function=dict(
    name="look_up", description="Finds a drug's <name> & \"code\" / 약품", parameters=dict(
        type="object", required=["name"], properties=dict(
            name=dict(type="string", description="drug"), limit=dict(type="integer", default=3),
            exact=dict(type="boolean", default=True), weights=dict(type="array", items=[], default=None)))))
DATE = dict(type="function", function=dict(name="date", description="Today", parameters={}))
CALL = dict(role="assistant", content="", tool_calls=[
    dict(type="function", function=dict(name="look_up", arguments=dict(name="아목시실린", limit=2.5, exact=True)))])
BARE_CALL = dict(role="assistant", content="Wait.", tool_calls=[dict(name="date", arguments={})])
RESULT = dict(role="tool", content='{"code": "A01"}')
TOOL_CHATS = {
    "tools": ([USER], [LOOKUP, DATE]), "system and tools": ([SYSTEM, USER], [LOOKUP]),
    "a call": ([USER, CALL], [LOOKUP]), "a call and its result": ([USER, CALL, RESULT, ANSWER], [LOOKUP]),
    "two results": ([USER, CALL, RESULT, RESULT], [LOOKUP]),
    "a bare call": ([USER, BARE_CALL], [DATE]), "no tools in the list": ([USER], []),
    "two calls": ([USER, dict(CALL, tool_calls=CALL["tool_calls"] * 2)], [LOOKUP]),
    "a result that is a mapping": ([USER, CALL, dict(role="ipython", content=dict(code="A01", n=[1, None]))], [LOOKUP]),
    "tools without a user": ([SYSTEM], [DATE]),
}

# What the published templates use of the language, a line each; and near it, what must be an error.
SYNTAX = [
    "a{{ x }}b", "{{ 'a' + \"b\" }}", "{{ 'tab\\tnl\\nquote\\'back\\\\u\\u00e9' }}", "{{ 1 + 2 * 3 - 4 }}", "{{ 7 % 4 }} {{ 7 // 2 }} {{ 7 / 2 }} {{ 2 ** 3 }}",
    "{{ -3 % 4 }}", "{{ 1.5 }} {{ 2.0 }} {{ 1e3 }}", "{{ true }} {{ True }} {{ false }} {{ none }} {{ None }}", "{{ missing }}|", "{{ missing is defined }} {{ x is defined }}",
    "{{ missing.attribute }}", "{{ m.missing }}|", "{{ m['missing'] }}|", "{{ m.missing.more }}", "{{ m.a }} {{ m['a'] }} {{ m[\"b\"][0] }} {{ m.b[-1] }}", "{{ list[9] }}|",
    "{{ list[1:] }} {{ list[:-1] }} {{ list[::-1] }} {{ list[1:2] }}", "{{ text[0] }} {{ text[1:3] }} {{ text[::-1] }}",
    "{{ list }}", "{{ m }}", "{{ 'a' ~ 1 ~ none }}", "{{ 'a' + 1 }}", "{{ 'ab' * 3 }}", "{{ 1 == 1.0 }} {{ '1' == 1 }} {{ 'a' < 'b' }} {{ [1, 2] == list }}",
    "{{ 1 < 2 < 3 }}", "{{ not x }} {{ not '' }} {{ not [] }} {{ not 0 }}", "{{ x and 'y' }} {{ '' or 'z' }} {{ none or false }}", "{{ (1 == 2) != (3 == 4) }}",
    "{{ 'a' in 'abc' }} {{ 'a' in m }} {{ 2 in list }} {{ 'z' not in m }}", "{{ 'yes' if x else 'no' }} {{ 'only' if false }}|",
    "{{ x is string }} {{ m is mapping }} {{ list is iterable }} {{ 3 is number }} {{ none is none }} {{ x is not none }} {{ list is sequence }} {{ true is boolean }} {{ 3 is integer }}",
    "{{ 3 is odd }} {{ 4 is even }} {{ 4 is divisibleby 2 }} {{ x is undefined }} {{ 'a' is equalto 'a' }} {{ true is true }} {{ m.b is sameas m.b }}",
    "{{ '  a b ' | trim }}|", "{{ 'xxaxx' | trim('x') }}", "{{ '  a '.strip() }}| {{ '  a '.lstrip() }}| {{ ' a '.rstrip() }}|", "{{ 'aXbX'.split('X') }} {{ ' a  b '.split() }}", "{{ 'abc'.startswith('ab') }} {{ 'abc'.endswith('bc') }}",
    "{{ 'a-b-c'.replace('-', '+') }} {{ 'aa' | replace('a', 'b', 1) }}", "{{ 'abc'.upper() }} {{ 'ABC'.lower() }} {{ 'abc def'.title() }} {{ 'abc' | upper }} {{ 'aBC' | capitalize }} {{ 'ab cd' | title }}",
    "{{ list | length }} {{ text | length }} {{ m | length }} {{ '한글' | length }} {{ list | count }}", "{{ list | join(', ') }} {{ list | join }}", "{{ list | first }} {{ list | last }}",
    "{{ m | tojson }}", "{{ m | tojson(indent=2) }}", "{{ \"<a href='x'>&한\\n\\t\\\"\\\\/\" | tojson }}", "{{ [1, 2.0, 1.5, true, none, 1e20, 'a'] | tojson }}", "{{ {} | tojson }} {{ [] | tojson(indent=4) }}", "{{ {'b': 1, 'a': {'c': []}} | tojson(indent=4) }}",
    "{% for k, v in m | items %}{{ k }}={{ v }};{% endfor %}", "{% for k, v in m.items() %}{{ k }};{% endfor %}", "{{ m.keys() | list }} {{ m.get('a') }} {{ m.get('zz') }} {{ m.get('zz', 5) }}",
    "{{ people | selectattr('role', 'equalto', 'user') | list | length }}", "{{ people | map(attribute='role') | join(',') }}", "{{ list | reject('equalto', 2) | join(',') }} {{ list | select('odd') | list }}",
    "{{ missing | default('d') }} {{ '' | default('d', true) }} {{ none | default('d') }}", "{{ 3.7 | int }} {{ '12' | int }} {{ 3 | string }} {{ 'a' | list }}", "{{ list | map('string') | join('-') }}",
    "{% for i in list %}{{ loop.index }}{{ loop.index0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }} {% endfor %}", "{% for i in list %}{{ loop.previtem }},{{ loop.nextitem }};{% endfor %}", "{% for i in [] %}x{% else %}none{% endfor %}", "{% for i in range(3) %}{{ i }}{% endfor %}{{ range(1, 7, 2) | list }}",
    "{% for i in list if i > 1 %}{{ i }}{{ loop.first }}{% endfor %}", "{% for i in list %}{% if i == 2 %}{% break %}{% endif %}{{ i }}{% endfor %}", "{% for i in list %}{% if i == 2 %}{% continue %}{% endif %}{{ i }}{% endfor %}", "{% for a, b in [[1, 2], [3, 4]] %}{{ a }}{{ b }}{% endfor %}", "{% for i in list %}{% for j in list %}{{ loop.index }}{% endfor %}{{ loop.index }}{% endfor %}",
    "{% set y = 1 %}{% for i in list %}{% set y = i %}{% endfor %}{{ y }}", "{% set ns = namespace(v=0) %}{% for i in list %}{% set ns.v = ns.v + i %}{% endfor %}{{ ns.v }}", "{% set a, b = 1, 2 %}{{ b }}", "{% set y %}in {{ x }}{% endset %}[{{ y }}]", "{% if true %}{% set y = 5 %}{% endif %}{{ y }}",
    "{% if x == 'a' %}1{% elif x %}2{% else %}3{% endif %}", "a {%- if true %} b {% endif -%} c", "a\n{% if true %}\nb\n{% endif %}\nc\n", "a\n   {% if true %}\n  b\n   {% endif %}\nc", "a\n   {{ x }}\n  b", "a {#- gone -#} b", "a\n  {# gone #}\nb", "a {{- ' b ' -}} c", "  {%+ if true %}x{% endif %}", "x\n\n\n", "{{ x }}\n", "{% raw %}{{ x }}{% endraw %}",
    "{{ raise_exception('a message') }}", "{{ strftime_now('%d %b %Y') }} {{ strftime_now('%Y-%m-%d') }} {{ strftime_now('%B %d, %Y %H:%M:%S %A %j') }}", "{{ strftime_now is defined }}", "{% macro f(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ f(1) }}{{ f(3, b=4) }}",
    "{{ [1, 2] + [3] }}", "{{ {'a': 1}['a'] }}", "{{ ('a', 'b')[1] }}", "{{ x | unknown_filter }}", "{{ x is unknown_test }}", "{% unknown %}", "{{ x", "{% if x %}", "{{ 1 + }}", "{{ 'unclosed }}", "{% endfor %}", "{{ 1 / 0 }}", "{{ x.__class__ }}|", "{{ list.append(4) }}", "{{ undefined_function() }}", "{{ none.x }}", "{{ 'é' }}{{ '\\x41' }}", "{% generation %}g{% endgeneration %}", "{{ '%s-%d' | format('a', 3) }}", "{{ \"it's\" }} {{ 'say \"x\"' }} {{ [\"it's\", 'a\"b', '\\n'] }}",
]
VARIABLES = dict(x="한x", text="abcd", list=[1, 2, 3], m=dict(a=1, b=["x", None, True], c={"d": 1.5}),
                 people=[dict(role="user"), dict(role="assistant"), dict(role="user")])


def render(template, messages, tools, add_generation_prompt, variables):
    try:
        rendered, _ = chat_template_utils.render_jinja_template(
            conversations=[messages], tools=tools, chat_template=template,
            add_generation_prompt=add_generation_prompt, **variables)
        return dict(output=rendered[0])
    except (jinja2.TemplateError, TypeError, ZeroDivisionError, ValueError, AttributeError) as error:
        return dict(error=str(error), kind=type(error).__name__)


def cases_of(name, template):
    tokens = next(v for k, v in TOKENS.items() if name.startswith(k))
    chats = [(n, m, None, {}) for n, m in TEXT_CHATS.items()]
    if "vl" in name:
        chats += [(n, m, None, v) for n, m in IMAGE_CHATS.items() for v in ({}, dict(add_vision_id=True))]
    if name in ("qwen2.5-instruct", "llama-3.1-instruct", "llama-3.2-instruct"):
        chats += [(n, m, tools, {}) for n, (m, tools) in TOOL_CHATS.items()]
    if name.startswith("llama-3."):
        chats += [("a set date", [USER], None, dict(date_string="1 Jan 2030")),
                  ("tools in the system message", [SYSTEM, USER], [LOOKUP], dict(tools_in_user_message=False)),
                  ("built-in tools", [USER, dict(CALL, tool_calls=[dict(function=dict(
                      name="brave_search", arguments=dict(query="약", n="3")))])], None,
                   dict(builtin_tools=["brave_search", "code_interpreter"])),
                  ("custom tools", [USER], None, dict(custom_tools=[DATE]))]
    for chat, messages, tools, variables in chats:
        for prompt in (True, False):
            yield dict(name=chat, messages=messages, tools=tools, add_generation_prompt=prompt,
                       variables=tokens | variables,
                       **render(template, messages, tools, prompt, tokens | variables))


def write(path, rows):
    head = dict(script="tools/reference/decoder/chat_template_cases.py", jinja2=jinja2.__version__,
                transformers=transformers.__version__, now=NOW.isoformat())
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text(json.dumps(head)[:-1] + ', "cases": [\n' + lines + "\n]}\n")
    print(path.name, len(rows), "cases,", sum("error" in row for row in rows), "errors")


def main(root):
    for path in sorted(root.glob("*.jinja")):
        write(root / f"{path.stem}.cases.json", list(cases_of(path.stem, path.read_text())))
    write(root / "syntax.cases.json", [
        dict(template=template, variables=VARIABLES, **render(template, [], None, False, VARIABLES))
        for template in SYNTAX])


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
