"""Addresses of home, about and the help for rules."""

from django.urls import path

from hornbook.web.site import views

app_name = "site"
urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("glossary/", views.glossary, name="glossary"),
    path("help/changes/<int:year>/", views.changes, name="news"),
    path("help/quick-start/<int:year>/", views.quick, name="quick_start"),
    path("help/mis/", views.guide_list, name="guides"),
    path("help/mis/<slug:code>/", views.guide, name="guide"),
    path("rules/", views.rule_list, name="rules"),
    path("rules/<slug:code>/", views.rule, name="rule"),
]
