"""The Portuguese lexicon."""

from proactive_tui.text.lexicon.base import Lexicon

PORTUGUESE_LEXICON = Lexicon(
    "pt",
    "portuguese",
    function="""o a os as um uma uns umas e ou mas eu me mim meu minha tu te ti teu tua você vocês seu sua seus suas
    ele ela lhe se nós nos nosso nossa eles elas este esta isto esse essa isso aquele aquela que quem
    qual quais quando onde porque por como é sou és são era eras foi foram ser sido está estás estão
    estava estar tem tens tenho temos tinha ter há pode podes podemos poderia de do da dos das em no na
    nos nas ao aos à às com para sobre entre até desde durante antes depois si assim então também aí
    aqui ali mesmo mesma todo toda todos todas""",
    talking="""nota notas escreveste escreveu escrito escrever disse anotaste anotou linha pergunta palavra juntos
    queres quer""",
    asking="""encontrar encontraste resposta responder esboçar tentar começar continuar retomar lembras lembra
    decidir decidiste decidiu trabalhar mudar mudou ajuda ajudar vale pena guardar deixar passo próximo
    primeiro pequeno mais pensar ideia ainda já agora fazer ver olhar pronto tempo minutos fechar
    explicar dizer verdade deve precisa falar voltar relação ligar hoje aberta aberto sabes sabe saber
    descobriste descobriu claro aprender outro""",
    by_kind={
        "open question": "perguntaste perguntou perguntavas aberta saber",
        "task": "tarefa planeado previsto prazo lista",
        "theme": "ultimamente recentemente tema volta",
        "fading": "última vez tempo",
        "connection": "perto parecidas juntas",
        "thread": "recentemente acabaste trabalhavas",
        "goal": "querias queria objetivo hábito regularmente",
        "idea": "ideia tiveste teve pensas achas",
    },
    phrases="sem olhar|de memória|por palavras tuas|numa frase",
    negations="não nunca jamais nada ninguém nenhum nenhuma sem nem",
    numbers={
        "dois": 2, "duas": 2, "três": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7, "oito": 8, "nove": 9, "dez":
        10, "cem": 100, "mil": 1000,
    },
    days=("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"),
    months=(
        "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro",
        "dezembro",
    ),
)  # fmt: skip
